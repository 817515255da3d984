package dev.usher.booking;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.AuthenticateReply;
import dev.usher.auth.AuthProtocol.Authenticated;
import dev.usher.booking.Bookings.Order;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.shards.CborSerializable;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * Where one booking is asked for: the sharded actor. Lets in whoever has a session of the buyer
 * (T0), starts the {@link BookingSaga} for the first of them, lets the others wait with them, and
 * answers repeats for a while. It ends by way of its shard, so that no question is lost in between.
 */
public final class BookingDesk {
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "booking");

  public sealed interface Command {}

  /**
   * Asks for the booking; any number may ask.
   *
   * @param timeout when this asker gets an answer at the latest; the saga goes on
   */
  public record Book(Order order, Duration timeout, ActorRef<Result> replyTo)
      implements Command, CborSerializable {}

  /** Somebody noticed that the saga has not ended: it goes on here, if it does nowhere else. */
  public record Wake() implements Command, CborSerializable {}

  /** The shard wants it to end: it lets the saga finish first. */
  public record Stop() implements Command, CborSerializable {}

  /**
   * What to say to those who can't wait any longer.
   *
   * @param now true: to all who wait, at once
   */
  record Interim(Wanted wanted, Result result, boolean now) implements Command {}

  /** The journal has nothing of this booking. */
  record NothingToDo() implements Command {}

  /**
   * The saga is over.
   *
   * @param last false: a repeat must look again
   */
  record Over(Wanted wanted, Result result, boolean last) implements Command {}

  private record Validated(Book book, AuthenticateReply reply) implements Command {}

  private record TimeUp(ActorRef<Result> asker) implements Command {}

  private record SagaDied(int run) implements Command {}

  private record LingerOver() implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ActorRef<ShardCommand> shard;
  private final String bookingId;
  private final SagaShare share;
  private final Askers<Command> askers;
  private @Nullable Interim interim;
  private int validating;
  private int runs;
  private boolean stopping;

  private BookingDesk(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<ShardCommand> shard,
      String bookingId,
      SagaShare share) {
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.bookingId = bookingId;
    this.share = share;
    this.askers = new Askers<>(timers, TimeUp::new);
  }

  public static Behavior<Command> create(
      ActorRef<ShardCommand> shard, String bookingId, SagaShare share) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new BookingDesk(context, timers, shard, bookingId, share).idle()));
  }

  private Behavior<Command> idle() {
    return Behaviors.receive(Command.class)
        .onMessage(Book.class, this::validate)
        .onMessage(Validated.class, this::first)
        .onMessage(Wake.class, wake -> begin(new BookingSaga.Resume()))
        .onMessage(Stop.class, stop -> validating == 0 ? Behaviors.stopped() : stopLater())
        .onMessage(SagaDied.class, late -> Behaviors.same())
        .build();
  }

  private Behavior<Command> validate(Book book) {
    validating++;
    askers.expect(book.replyTo(), book.timeout());
    context.pipeToSelf(
        share.sessions().authenticate(book.order().token(), book.timeout()),
        (reply, failure) -> new Validated(book, reply));
    return Behaviors.same();
  }

  private Behavior<Command> first(Validated validated) {
    if (!admitted(validated)) {
      return validating == 0 ? end() : Behaviors.same();
    }
    return askers.first().map(this::begin).orElseGet(Behaviors::same);
  }

  /** Whether one more waits now: with a session of the buyer's, and not too many before. */
  private boolean admitted(Validated validated) {
    validating--;
    var book = validated.book();
    switch (validated.reply()) {
      case AuthProtocol.Refused refused ->
          askers.dismiss(book.replyTo(), SessionAnswers.of(refused));
      case Authenticated(var principal) -> {
        if (principal.userId().equals(book.order().userId())) {
          return askers.admit(book.replyTo(), errand(book));
        }
        askers.dismiss(book.replyTo(), new Refused(Refusals.foreignSession()));
      }
    }
    return false;
  }

  private static BookingSaga.Book errand(Book book) {
    return new BookingSaga.Book(
        Wanted.of(book.order()), book.order().interactive(), book.timeout());
  }

  private Behavior<Command> begin(BookingSaga.Errand errand) {
    int run = ++runs;
    interim = null;
    var saga =
        context.spawnAnonymous(BookingSaga.create(context.getSelf(), bookingId, errand, share));
    context.watchWith(saga, new SagaDied(run));
    return busy();
  }

  private Behavior<Command> busy() {
    return Behaviors.receive(Command.class)
        .onMessage(Book.class, this::validate)
        .onMessage(Validated.class, this::join)
        .onMessage(Interim.class, this::remember)
        .onMessage(TimeUp.class, up -> answer(up.asker()))
        .onMessage(NothingToDo.class, none -> nothingToDo())
        .onMessage(Over.class, this::over)
        .onMessage(SagaDied.class, died -> died.run() == runs ? gone() : Behaviors.same())
        .onMessage(Wake.class, wake -> Behaviors.same())
        .onMessage(Stop.class, stop -> stopLater())
        .build();
  }

  private Behavior<Command> join(Validated validated) {
    if (admitted(validated) && interim != null && interim.now()) {
      return answer(validated.book().replyTo());
    }
    return Behaviors.same();
  }

  private Behavior<Command> remember(Interim news) {
    interim = news;
    if (news.now()) {
      askers.answerAll(news.wanted(), news.result());
    }
    return Behaviors.same();
  }

  private Behavior<Command> answer(ActorRef<Result> asker) {
    if (interim == null) {
      askers.answer(asker, SagaStep.OUTCOME_UNKNOWN);
    } else {
      askers.answer(asker, interim.wanted(), interim.result());
    }
    return Behaviors.same();
  }

  private Behavior<Command> stopLater() {
    stopping = true;
    return Behaviors.same();
  }

  private Behavior<Command> nothingToDo() {
    return askers.first().map(this::begin).orElseGet(this::end);
  }

  /** A saga that is over ends, too: one that says nothing before has died, or rests. */
  private Behavior<Command> gone() {
    if (interim == null) {
      askers.answerAll(SagaStep.OUTCOME_UNKNOWN);
    } else {
      askers.answerAll(interim.wanted(), interim.result());
    }
    return end();
  }

  private Behavior<Command> over(Over over) {
    askers.answerAll(over.wanted(), over.result());
    return over.last() && !stopping && share.lingering().tryAcquire() ? linger(over) : end();
  }

  private Behavior<Command> linger(Over over) {
    timers.startSingleTimer(new LingerOver(), share.settings().linger());
    return Behaviors.receive(Command.class)
        .onMessage(Book.class, this::validate)
        .onMessage(Validated.class, validated -> repeat(validated, over))
        .onMessage(LingerOver.class, late -> lingerOver())
        .onMessage(Wake.class, wake -> Behaviors.same())
        .onMessage(SagaDied.class, died -> Behaviors.same())
        .onMessage(Stop.class, stop -> validating == 0 ? Behaviors.stopped() : stopLater())
        .onSignal(PostStop.class, stop -> giveUpPlace())
        .build();
  }

  private Behavior<Command> repeat(Validated validated, Over over) {
    if (admitted(validated)) {
      askers.answer(validated.book().replyTo(), over.wanted(), over.result());
    }
    return stopping && validating == 0 ? Behaviors.stopped() : Behaviors.same();
  }

  private Behavior<Command> giveUpPlace() {
    share.lingering().release();
    return Behaviors.same();
  }

  private Behavior<Command> lingerOver() {
    giveUpPlace();
    return end();
  }

  /** Who comes before the shard's Stop is served as the first was; Stop then waits. */
  private Behavior<Command> end() {
    if (stopping) {
      return Behaviors.stopped();
    }
    shard.tell(new Passivate<>(context.getSelf()));
    return idle();
  }
}
