package dev.usher.payment;

import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Unanswered;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The node's way to the payment provider. At most so many calls are under way and so many wait;
 * beyond that, and when a caller's time is up, the answer is that there is none: {@code Unanswered}
 * or {@code NotAnswered}. A call whose time is up still counts as under way until the provider's
 * stage completes, so a provider that hangs cannot be piled upon.
 */
public final class PaymentActor extends AbstractBehavior<PaymentActor.Command> {
  private static final String BUSY = "too many payments are under way";
  private static final String TIME_UP = "the payment provider did not answer in time";

  private final PaymentProvider provider;
  private final Limits limits;

  /** Whose callers still wait for an answer. */
  private final Map<Long, Open> open = new HashMap<>();

  private final Queue<Long> waiting = new ArrayDeque<>();
  private long lastCall;
  private int underWay;

  /**
   * How much at once.
   *
   * @param underWay calls to the provider, and so its connections
   * @param waiting calls that wait for their turn
   */
  public record Limits(int underWay, int waiting) {
    public static final Limits DEFAULT = new Limits(256, 4_096);

    public Limits {
      if (underWay < 1 || waiting < 0) {
        throw new IllegalArgumentException("underWay=" + underWay + " waiting=" + waiting);
      }
    }
  }

  sealed interface Command {}

  private record Asked(PaymentProtocol.Request request) implements Command {}

  /**
   * The provider's stage completed.
   *
   * @param deliver tells the caller
   */
  private record Answered(long call, Runnable deliver) implements Command {}

  private record TimeIsUp(long call) implements Command {}

  private PaymentActor(ActorContext<Command> context, PaymentProvider provider, Limits limits) {
    super(context);
    this.provider = provider;
    this.limits = limits;
  }

  public static Behavior<PaymentProtocol.Request> create(PaymentProvider provider) {
    return create(provider, Limits.DEFAULT);
  }

  public static Behavior<PaymentProtocol.Request> create(PaymentProvider provider, Limits limits) {
    return Behaviors.transformMessages(
        PaymentProtocol.Request.class,
        Behaviors.<Command>setup(context -> new PaymentActor(context, provider, limits)),
        match -> match.match(PaymentProtocol.Request.class, Asked::new));
  }

  /**
   * One request.
   *
   * @param noAnswer the answer when there is none
   */
  private record Call<R>(
      Duration timeout,
      ActorRef<R> replyTo,
      Supplier<CompletionStage<R>> send,
      Function<String, R> noAnswer) {
    void giveUp(String why) {
      replyTo.tell(noAnswer.apply(why));
    }

    CompletionStage<Runnable> start() {
      return send.get().thenApply(answer -> () -> replyTo.tell(answer));
    }
  }

  private record Open(Call<?> call, Cancellable timer) {}

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Asked.class, asked -> onCall(call(asked.request())))
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(TimeIsUp.class, this::onTimeIsUp)
        .build();
  }

  private Call<?> call(PaymentProtocol.Request request) {
    return switch (request) {
      case PaymentProtocol.CreatePaymentMethod r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.createPaymentMethod(r.card(), r.userId(), r.idempotencyKey()),
              Unanswered::new);
      case PaymentProtocol.DeletePaymentMethod r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.deletePaymentMethod(r.paymentMethodId()),
              Unanswered::new);
      case PaymentProtocol.Authorize r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.authorize(r.authorization()),
              Unanswered::new);
      case PaymentProtocol.Capture r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.capture(r.paymentId(), r.bookingId(), r.amountMinor()),
              Unanswered::new);
      case PaymentProtocol.VoidAuthorization r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.voidAuthorization(r.paymentId(), r.bookingId()),
              Unanswered::new);
      case PaymentProtocol.Refund r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.refund(r.paymentId(), r.bookingId(), r.amountMinor(), r.sequence()),
              Unanswered::new);
      case PaymentProtocol.Find r ->
          new Call<>(
              r.timeout(), r.replyTo(), () -> provider.find(r.paymentId()), NotAnswered::new);
      case PaymentProtocol.FindByBooking r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.findByBooking(r.bookingId()),
              NotAnswered::new);
      case PaymentProtocol.ListPayments r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.list(r.userId(), r.limit(), r.startingAfter()),
              NotAnswered::new);
      case PaymentProtocol.ListOpenAuthorizations r ->
          new Call<>(
              r.timeout(),
              r.replyTo(),
              () -> provider.openAuthorizations(r.createdBeforeMs()),
              NotAnswered::new);
    };
  }

  private Behavior<Command> onCall(Call<?> call) {
    boolean now = underWay < limits.underWay();
    if (!now && waiting.size() >= limits.waiting()) {
      call.giveUp(BUSY);
      return this;
    }
    long id = ++lastCall;
    var self = getContext().getSelf();
    var timer = getContext().scheduleOnce(call.timeout(), self, new TimeIsUp(id));
    open.put(id, new Open(call, timer));
    if (now) {
      start(id, call);
    } else {
      waiting.add(id);
    }
    return this;
  }

  private void start(long id, Call<?> call) {
    underWay++;
    getContext()
        .pipeToSelf(
            call.start(),
            (deliver, failure) -> {
              if (failure == null) {
                return new Answered(id, deliver);
              }
              var why = "the payment provider failed: " + failure.getClass().getSimpleName();
              return new Answered(id, () -> call.giveUp(why));
            });
  }

  private Behavior<Command> onAnswered(Answered answered) {
    underWay--;
    var asked = open.remove(answered.call());
    if (asked != null) {
      asked.timer().cancel();
      answered.deliver().run();
    }
    startNext();
    return this;
  }

  private void startNext() {
    for (var id = waiting.poll(); id != null; id = waiting.poll()) {
      var next = open.get(id);
      if (next != null) {
        start(id, next.call());
        return;
      }
    }
  }

  private Behavior<Command> onTimeIsUp(TimeIsUp timeIsUp) {
    var late = open.remove(timeIsUp.call());
    if (late != null) {
      waiting.remove(timeIsUp.call());
      late.call().giveUp(TIME_UP);
    }
    return this;
  }
}
