package dev.usher.replica;

import dev.usher.raft.Bytes;
import java.util.OptionalLong;

/**
 * What a replicated thing must be. Deterministic: no clock, no randomness, no hash iteration order,
 * no I/O; the same calls in the same order give the same answers and the same state on every node
 * and every JDK. Called by one thread.
 *
 * @param <V> how readers see the state
 */
public interface StateMachine<V> {
  /**
   * Applies one command. {@link #advance} was called with the same index and time just before.
   * Never throws for anything the bytes may hold: a refusal is an answer.
   *
   * @return the answer, in the state machine's own language; kept in the request table
   */
  Bytes apply(long index, long timeMs, Bytes command);

  /** Log time moved on to {@code timeMs} (never backwards): expire what is due. */
  void advance(long index, long timeMs);

  /**
   * Everything that the entry at {@code index} does is done ({@link #advance}, and {@link #apply}
   * if it held a command): now is the time to tell whoever watches, once for both.
   */
  default void complete(long index) {}

  /** The earliest log time at which {@link #advance} would change something. */
  OptionalLong nextDeadlineMs();

  /** A live view; used only on the thread that calls {@link #apply}. */
  V view();
}
