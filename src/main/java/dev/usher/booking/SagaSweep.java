package dev.usher.booking;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Wakes the sagas that have not ended and that nobody seems to be at: their node is gone, or their
 * client, or they rest. One on every node, and each wakes its own share of them, on its own node:
 * so nobody has to find out first who has died, and new bookings never wait for this. A saga that
 * is woken for nothing, or twice, does nothing twice.
 */
public final class SagaSweep {
  /** More open sagas than this are left for the next look. */
  private static final int LIMIT = 10_000;

  /**
   * How silent sagas are looked after.
   *
   * @param every how often the journal is looked at
   * @param silence after which a saga counts as silent
   * @param maxBackoff the longest pause between two wakes of the same saga; the first is {@code
   *     silence}, and it doubles
   */
  public record Settings(Duration every, Duration silence, Duration maxBackoff) {
    public static final Settings DEFAULT =
        new Settings(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** Where the sagas live. */
  public interface Shards {
    /** False while this node is in no cluster. */
    boolean ready();

    /** Whether it is this node that should wake this saga. */
    boolean isMine(OpenSagas.Open saga);

    void wake(String bookingId);
  }

  sealed interface Command {}

  private record Look() implements Command {}

  private record Found(List<OpenSagas.Open> open) implements Command {}

  private final ActorContext<Command> context;
  private final OpenSagas sagas;
  private final Shards shards;
  private final LongSupplier nanos;
  private final SagaWatch watch;

  private SagaSweep(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      OpenSagas sagas,
      Shards shards,
      LongSupplier nanos,
      Settings settings) {
    this.context = context;
    this.sagas = sagas;
    this.shards = shards;
    this.nanos = nanos;
    this.watch = new SagaWatch(settings);
    timers.startTimerWithFixedDelay(new Look(), settings.every());
  }

  /**
   * The sweep of one node.
   *
   * @param nanos of a monotonic clock
   */
  public static Behavior<?> create(
      OpenSagas sagas, Shards shards, LongSupplier nanos, Settings settings) {
    return Behaviors.<Command>setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SagaSweep(context, timers, sagas, shards, nanos, settings).sweeping()));
  }

  private Behavior<Command> sweeping() {
    return Behaviors.receive(Command.class)
        .onMessage(Look.class, look -> look())
        .onMessage(Found.class, found -> wake(found.open()))
        .build();
  }

  private Behavior<Command> look() {
    if (shards.ready()) {
      context.pipeToSelf(
          sagas.open(LIMIT), (found, failure) -> new Found(failure == null ? found : List.of()));
    }
    return Behaviors.same();
  }

  private Behavior<Command> wake(List<OpenSagas.Open> open) {
    for (var saga : watch.due(open, shards::isMine, nanos.getAsLong())) {
      context.getLog().info("booking={} saga=woken", saga.bookingId());
      shards.wake(saga.bookingId());
    }
    return Behaviors.same();
  }
}
