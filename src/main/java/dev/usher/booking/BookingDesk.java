package dev.usher.booking;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.AuthenticateReply;
import dev.usher.auth.AuthProtocol.Authenticated;
import dev.usher.booking.Bookings.Order;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.Bookings.Unavailable;
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

  /** The shard wants it to end: it lets the saga finish first. */
  public record Stop() implements Command, CborSerializable {}

  /** What to say to those who can't wait any longer. */
  record Interim(Result result) implements Command {}

  /**
   * The saga is over.
   *
   * @param last false: a repeat must look again
   */
  record Over(Result result, boolean last) implements Command {}

  private record Validated(Book book, AuthenticateReply reply) implements Command {}

  private record TimeUp(ActorRef<Result> asker) implements Command {}

  private record SagaDied(int run) implements Command {}

  private record LingerOver() implements Command {}

  private static final Unavailable UNKNOWN =
      new Unavailable(
          "OUTCOME_UNKNOWN", "The booking is not decided yet; ask again with the same request_id.");

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ActorRef<ShardCommand> shard;
  private final SagaShare share;
  private final Askers<Command> askers;
  private Result interim = UNKNOWN;
  private int validating;
  private int runs;
  private boolean stopping;

  private BookingDesk(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<ShardCommand> shard,
      SagaShare share) {
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.share = share;
    this.askers = new Askers<>(timers, TimeUp::new);
  }

  public static Behavior<Command> create(ActorRef<ShardCommand> shard, SagaShare share) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new BookingDesk(context, timers, shard, share).idle()));
  }

  private Behavior<Command> idle() {
    return Behaviors.receive(Command.class)
        .onMessage(Book.class, this::validate)
        .onMessage(Validated.class, this::first)
        .onMessage(Stop.class, stop -> validating == 0 ? Behaviors.stopped() : stopLater())
        .build();
  }

  private Behavior<Command> validate(Book book) {
    validating++;
    askers.expect(book.replyTo(), book.timeout());
    context.pipeToSelf(
        share.steps().authenticate(book.order().token(), book.timeout()),
        (reply, failure) -> new Validated(book, reply));
    return Behaviors.same();
  }

  private Behavior<Command> first(Validated validated) {
    if (!admitted(validated)) {
      return validating == 0 ? end() : Behaviors.same();
    }
    var wanted = Wanted.of(validated.book().order());
    int run = ++runs;
    interim = UNKNOWN;
    var saga =
        context.spawnAnonymous(
            BookingSaga.create(context.getSelf(), wanted, share, validated.book().timeout()));
    context.watchWith(saga, new SagaDied(run));
    askers.admit(validated.book().replyTo());
    return busy(wanted);
  }

  private boolean admitted(Validated validated) {
    validating--;
    var book = validated.book();
    switch (validated.reply()) {
      case AuthProtocol.Refused refused ->
          askers.dismiss(book.replyTo(), SessionAnswers.of(refused));
      case Authenticated(var principal) -> {
        if (principal.userId().equals(book.order().userId())) {
          return true;
        }
        askers.dismiss(book.replyTo(), new Refused(Refusals.foreignSession()));
      }
    }
    return false;
  }

  private Behavior<Command> busy(Wanted wanted) {
    return Behaviors.receive(Command.class)
        .onMessage(Book.class, this::validate)
        .onMessage(Validated.class, validated -> join(validated, wanted))
        .onMessage(Interim.class, news -> remember(news.result()))
        .onMessage(TimeUp.class, up -> answer(up.asker()))
        .onMessage(Over.class, over -> over(over, wanted))
        .onMessage(SagaDied.class, died -> died(died.run(), wanted))
        .onMessage(Stop.class, stop -> stopLater())
        .build();
  }

  private Behavior<Command> join(Validated validated, Wanted wanted) {
    if (admitted(validated)) {
      var book = validated.book();
      if (Wanted.of(book.order()).equals(wanted)) {
        askers.admit(book.replyTo());
      } else {
        askers.dismiss(book.replyTo(), new Refused(Refusals.requestIdReused()));
      }
    }
    return Behaviors.same();
  }

  private Behavior<Command> remember(Result news) {
    interim = news;
    return Behaviors.same();
  }

  private Behavior<Command> answer(ActorRef<Result> asker) {
    askers.answer(asker, interim);
    return Behaviors.same();
  }

  private Behavior<Command> stopLater() {
    stopping = true;
    return Behaviors.same();
  }

  /** A saga that is over ends, too: only one that says nothing before has died. */
  private Behavior<Command> died(int run, Wanted wanted) {
    return run == runs ? over(new Over(interim, false), wanted) : Behaviors.same();
  }

  private Behavior<Command> over(Over over, Wanted wanted) {
    askers.answerAll(over.result());
    return over.last() && !stopping && share.lingering().tryAcquire()
        ? linger(over.result(), wanted)
        : end();
  }

  private Behavior<Command> linger(Result result, Wanted wanted) {
    timers.startSingleTimer(new LingerOver(), share.settings().linger());
    return Behaviors.receive(Command.class)
        .onMessage(Book.class, this::validate)
        .onMessage(Validated.class, validated -> repeat(validated, result, wanted))
        .onMessage(LingerOver.class, late -> lingerOver())
        .onMessage(Stop.class, stop -> validating == 0 ? Behaviors.stopped() : stopLater())
        .onSignal(PostStop.class, stop -> giveUpPlace())
        .build();
  }

  private Behavior<Command> repeat(Validated validated, Result result, Wanted wanted) {
    if (admitted(validated)) {
      boolean same = Wanted.of(validated.book().order()).equals(wanted);
      askers.dismiss(
          validated.book().replyTo(), same ? result : new Refused(Refusals.requestIdReused()));
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
