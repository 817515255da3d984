package dev.usher.replica;

import dev.usher.raft.GroupId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A read under way; trying again is always safe.
 *
 * @param <V> the state machine's view
 * @param <R> what the query gives
 */
final class ReadAttempt<V, R> extends Attempt implements StateMachineActor.Reading<V> {
  private final GroupId group;
  private final Function<V, R> query;
  private final Executor callbacks;
  private final CompletableFuture<R> result = new CompletableFuture<>();

  ReadAttempt(GroupId group, Function<V, R> query, Executor callbacks, long deadlineMs) {
    super(deadlineMs);
    this.group = group;
    this.query = query;
    this.callbacks = callbacks;
  }

  CompletableFuture<R> result() {
    return result;
  }

  @Override
  public boolean isWanted() {
    return !result.isDone();
  }

  /** What the caller hangs on the result runs elsewhere, not on the state machine's thread. */
  @Override
  public void run(V view) {
    try {
      R answer = query.apply(view);
      callbacks.execute(() -> result.complete(answer));
    } catch (RuntimeException e) {
      callbacks.execute(() -> result.completeExceptionally(e));
    }
  }

  @Override
  public void refuse() {
    callbacks.execute(() -> result.completeExceptionally(UnavailableException.overloaded(group)));
  }

  @Override
  void expire() {
    result.completeExceptionally(new UnavailableException(group));
  }

  @Override
  boolean isDone() {
    return result.isDone();
  }
}
