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

  void add(ActorRef<Bookings.Result> asker, Duration timeout) {
    if (waiting.size() == LIMIT) {
      asker.tell(new Bookings.Unavailable("OVERLOADED", "This booking is asked for too often."));
      return;
    }
    waiting.add(asker);
    timers.startSingleTimer(asker, timeUp.apply(asker), timeout);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
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
