package dev.usher.replica;

import dev.usher.raft.Bytes;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * What a replicated thing must be. Deterministic: no clock, no randomness, no hash iteration order,
 * no I/O; the same calls in the same order give the same answers and the same state on every node
 * and every JDK. Called by one thread.
 *
 * @param <V> how readers see the state
 */
public interface StateMachine<V> {
  /** More than the largest command, which a piece may have to hold. */
  int PIECE_BYTES_MAX = 2 * Proposal.COMMAND_BYTES_MAX;

  /**
   * Applies one command. {@link #advance} was called with the same index and time just before.
   * Never throws for anything the bytes may hold, since a refusal is an answer, but for what a
   * newer version wrote: that would be refused here and done elsewhere ({@link Newer}).
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

  /**
   * The whole state as it is now, in pieces of at most {@link #PIECE_BYTES_MAX}. The same state
   * gives the same pieces. They are taken on another thread while entries are applied, which must
   * not show in them: this call copies references, the pieces are made as they are taken.
   */
  Iterator<Bytes> snapshot();

  /**
   * Replaces the whole state by that of {@link #snapshot}; what follows is as if every entry had
   * been applied here. Whoever watches is told of what changed.
   *
   * @throws IllegalArgumentException when the pieces are none of this state machine's; the state is
   *     undefined then, as it is when a newer version wrote them ({@link Newer})
   */
  void restore(Iterator<Bytes> pieces);

  /**
   * SHA-256 over the whole replicated state: equal on every replica that applied the same entries.
   */
  Bytes digest();

  /** A live view; used only on the thread that calls {@link #apply}. */
  V view();
}
