package dev.usher.booking;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Who waits for a saga's result, each with an order and a time of its own. */
final class Askers<C> {
  /** A client that repeats a call more often than this within its time gets OVERLOADED. */
  private static final int LIMIT = 64;

  private final TimerScheduler<C> timers;
  private final Function<ActorRef<Bookings.Result>, C> timeUp;
  private final Map<ActorRef<Bookings.Result>, BookingSaga.Book> waiting = new LinkedHashMap<>();

  /**
   * @param timeUp the message that tells the saga that an asker's time is up
   */
  Askers(TimerScheduler<C> timers, Function<ActorRef<Bookings.Result>, C> timeUp) {
    this.timers = timers;
    this.timeUp = timeUp;
  }

  /** Somebody came; their time runs from now on. */
  void expect(ActorRef<Bookings.Result> asker, Duration timeout) {
    timers.startSingleTimer(asker, timeUp.apply(asker), timeout);
  }

  /** Whoever came is not let in. */
  void dismiss(ActorRef<Bookings.Result> asker, Bookings.Result answer) {
    timers.cancel(asker);
    asker.tell(answer);
  }

  /** Whoever came may wait for the result of this order. */
  boolean admit(ActorRef<Bookings.Result> asker, BookingSaga.Book order) {
    if (waiting.size() == LIMIT) {
      dismiss(
          asker, new Bookings.Unavailable("OVERLOADED", "This booking is asked for too often."));
      return false;
    }
    waiting.put(asker, order);
    return true;
  }

  /** The order of whoever has waited longest. */
  Optional<BookingSaga.Book> first() {
    return waiting.values().stream().findFirst();
  }

  /** Who asked for another order than the saga is about hears so. */
  void answer(ActorRef<Bookings.Result> asker, Wanted wanted, Bookings.Result result) {
    var order = waiting.remove(asker);
    if (order != null) {
      dismiss(
          asker,
          order.wanted().equals(wanted)
              ? result
              : new Bookings.Refused(Refusals.requestIdReused()));
    }
  }

  void answerAll(Wanted wanted, Bookings.Result result) {
    List.copyOf(waiting.keySet()).forEach(asker -> answer(asker, wanted, result));
  }

  /** For when nobody knows what order the saga is about. */
  void answerAll(Bookings.Result result) {
    List.copyOf(waiting.keySet()).forEach(asker -> answer(asker, result));
  }

  void answer(ActorRef<Bookings.Result> asker, Bookings.Result result) {
    if (waiting.remove(asker) != null) {
      dismiss(asker, result);
    }
  }
}
