package dev.usher.replica;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Requests to peers that wait for their answer, each for a limited time. Safe for any thread. */
final class PendingReplies<T> {
  private final AtomicLong nextId;
  private final Executor callbacks;
  private final Map<Long, CompletableFuture<Optional<T>>> waiting = new ConcurrentHashMap<>();

  /**
   * No request yet.
   *
   * @param firstId random, so that an answer to this node before its restart finds nothing
   * @param callbacks runs what callers do with an answer: the network's threads have other work
   */
  PendingReplies(long firstId, Executor callbacks) {
    this.nextId = new AtomicLong(firstId);
    this.callbacks = callbacks;
  }

  /** Sends a request under a new id; empty when no answer came in time. */
  CompletableFuture<Optional<T>> ask(Duration timeout, LongConsumer send) {
    long id = nextId.getAndIncrement();
    CompletableFuture<Optional<T>> reply = new CompletableFuture<>();
    waiting.put(id, reply);
    send.accept(id);
    return reply
        .completeOnTimeout(Optional.empty(), timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((answer, failed) -> waiting.remove(id));
  }

  void answered(long id, T answer) {
    CompletableFuture<Optional<T>> reply = waiting.get(id);
    if (reply != null) {
      callbacks.execute(() -> reply.complete(Optional.of(answer)));
    }
  }
}
