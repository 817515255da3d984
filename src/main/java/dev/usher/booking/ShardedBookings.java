package dev.usher.booking;

import dev.usher.shards.HomeShards;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/** Bookings through sagas that live where the request came in. */
public final class ShardedBookings implements Bookings {
  /** Beyond this many calls at once a node answers OVERLOADED. */
  private static final int IN_FLIGHT = 10_000;

  /** How often a call looks whether the cluster is there. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** The saga answers this much before the caller's time is up, so that its answer arrives. */
  private static final Duration HEADSTART = Duration.ofMillis(100);

  private final ActorSystem<?> local;
  private final Supplier<Optional<HomeShards<BookingDesk.Command>>> sagas;
  private final Cancellations cancellations;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * @param local outlives the clustered system
   * @param sagas empty while this node is not in a cluster
   */
  public ShardedBookings(
      ActorSystem<?> local,
      Supplier<Optional<HomeShards<BookingDesk.Command>>> sagas,
      SagaShare share) {
    this.local = local;
    this.sagas = sagas;
    this.cancellations = share.cancellations();
  }

  @Override
  public CompletionStage<Result> book(Order order, Duration timeout) {
    return admit(() -> bookUntil(order, System.nanoTime() + timeout.toNanos()));
  }

  @Override
  public CompletionStage<Result> cancel(Cancellation cancellation, Duration timeout) {
    return admit(() -> cancellations.cancel(cancellation, timeout))
        .toCompletableFuture()
        .completeOnTimeout(
            new Unavailable("OUTCOME_UNKNOWN", "Perhaps cancelled; ask again to make sure."),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private CompletionStage<Result> admit(Supplier<CompletionStage<Result>> call) {
    if (inFlight.incrementAndGet() > IN_FLIGHT) {
      inFlight.decrementAndGet();
      return CompletableFuture.completedFuture(
          new Unavailable("OVERLOADED", "This node has too many bookings on their way."));
    }
    // What throws instead of failing its stage counts down, too.
    return CompletableFuture.completedFuture(call)
        .thenCompose(Supplier::get)
        .whenComplete((result, failure) -> inFlight.decrementAndGet());
  }

  private CompletionStage<Result> bookUntil(Order order, long deadlineNanos) {
    var left = Duration.ofNanos(deadlineNanos - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      return CompletableFuture.completedFuture(
          new Unavailable("NOT_READY", "This node is not in the cluster yet; try another."));
    }
    var shards = sagas.get();
    return shards.isPresent()
        ? ask(shards.get(), order, left)
        : Patterns.after(
            LOOK_EVERY.compareTo(left) < 0 ? LOOK_EVERY : left,
            local,
            () -> bookUntil(order, deadlineNanos));
  }

  private static CompletionStage<Result> ask(
      HomeShards<BookingDesk.Command> shards, Order order, Duration left) {
    var bookingId = Ids.bookingId(order.userId(), order.requestId());
    var patience = left.compareTo(HEADSTART.multipliedBy(2)) > 0 ? left.minus(HEADSTART) : left;
    // A clustered system that ends in this very moment throws instead of failing the stage.
    return CompletableFuture.completedFuture(shards.mint(bookingId))
        .thenCompose(
            desk ->
                shards.<Result>ask(
                    desk, replyTo -> new BookingDesk.Book(order, patience, replyTo), left))
        .exceptionally(
            silent ->
                new Unavailable(
                    "OUTCOME_UNKNOWN",
                    "The booking is not decided yet; ask again with the same request_id."));
  }
}
