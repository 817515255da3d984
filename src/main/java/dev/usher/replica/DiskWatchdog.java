package dev.usher.replica;

import dev.usher.raft.log.LogFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the disk does not come back from a force. The thread that waits cannot tell anybody,
 * so somebody else has to look: such a disk is as good as failed, and the process must end before
 * the force returns as if all were well.
 */
final class DiskWatchdog {
  private enum Look {
    NOW
  }

  /** Set by the thread that forces, read by the watchdog. */
  static final class Gauge {
    private record Force(Path file, long sinceMs) {}

    private final Clock clock;
    private final AtomicReference<@Nullable Force> underWay = new AtomicReference<>();

    Gauge(Clock clock) {
      this.clock = clock;
    }

    void begin(Path file) {
      underWay.set(new Force(file, clock.now().monotonicMs()));
    }

    void end() {
      underWay.set(null);
    }

    /** The file whose force has been under way for longer than the limit, or null. */
    @Nullable Path hanging(Duration limit) {
      Force force = underWay.get();
      return force != null && clock.now().monotonicMs() - force.sinceMs() > limit.toMillis()
          ? force.file()
          : null;
    }
  }

  private DiskWatchdog() {}

  /**
   * Looks eight times within the limit.
   *
   * @param onFatal called once, with an error that names the file
   */
  static Behavior<?> create(Gauge gauge, Duration limit, Consumer<Throwable> onFatal) {
    return Behaviors.<Look>withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(Look.NOW, limit.dividedBy(8));
          return Behaviors.receiveMessage(
              look -> {
                Path file = gauge.hanging(limit);
                if (file == null) {
                  return Behaviors.same();
                }
                onFatal.accept(
                    new LogFailedException(
                        "force has not returned for "
                            + limit.toSeconds()
                            + " s: file="
                            + file
                            + ": check the disk, then start the node again",
                        null));
                return Behaviors.stopped();
              });
        });
  }
}
