package dev.usher.booking;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Who waits for a saga's result, each with a time of its own. */
final class Askers<C> {
  /** A client that repeats a call more often than this within its time gets OVERLOADED. */
  private static final int LIMIT = 64;

  private final TimerScheduler<C> timers;
  private final Function<ActorRef<Bookings.Result>, C> timeUp;
  private final Set<ActorRef<Bookings.Result>> waiting = new LinkedHashSet<>();

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

  /** Whoever came may wait for the result. */
  void admit(ActorRef<Bookings.Result> asker) {
    if (waiting.size() == LIMIT) {
      dismiss(
          asker, new Bookings.Unavailable("OVERLOADED", "This booking is asked for too often."));
    } else {
      waiting.add(asker);
    }
  }

  void answer(ActorRef<Bookings.Result> asker, Bookings.Result result) {
    if (waiting.remove(asker)) {
      timers.cancel(asker);
      asker.tell(result);
    }
  }

  void answerAll(Bookings.Result result) {
    Set.copyOf(waiting).forEach(asker -> answer(asker, result));
  }
}
