package dev.usher.raft;

import java.util.List;

/**
 * What the nodes of one group say to each other. Every message carries its sender's term (§5.1),
 * except that a pre-vote request carries the term that the sender would campaign in.
 */
public sealed interface Message {
  long term();

  /** Would you vote for me in {@code term}? Changes nobody's term (thesis §9.6). */
  record PreVoteRequest(long term, long lastIndex, long lastTerm) implements Message {}

  /**
   * The answer to a pre-vote request.
   *
   * @param term the voter's own term
   * @param requestedTerm the term of the request that this answers
   */
  record PreVoteResponse(long term, long requestedTerm, boolean granted) implements Message {}

  /**
   * Asks for the vote in {@code term} (§5.2).
   *
   * @param transfer sent in a leadership transfer: leader stickiness does not apply (thesis §4.2.3)
   */
  record VoteRequest(long term, long lastIndex, long lastTerm, boolean transfer)
      implements Message {}

  record VoteResponse(long term, boolean granted) implements Message {}

  /**
   * Entries, or a heartbeat when there are none.
   *
   * @param readRound the leader's read round when it sent this; echoed in the answer (ReadIndex,
   *     §8)
   */
  record AppendRequest(
      long term,
      long prevIndex,
      long prevTerm,
      List<Entry> entries,
      long leaderCommit,
      long readRound)
      implements Message {
    public AppendRequest {
      entries = List.copyOf(entries);
    }
  }

  /** The follower's log equals the leader's up to {@code matchIndex}, and that is durable. */
  record AppendSucceeded(long term, long matchIndex, long readRound) implements Message {}

  /**
   * The follower has no entry (prevIndex, prevTerm).
   *
   * @param rejectedPrevIndex the prevIndex that was refused, so that a late answer is recognized
   * @param hintIndex where the logs may agree at the latest
   * @param hintTerm the follower's term at {@code hintIndex}, 0 when it has no such entry
   */
  record AppendRejected(
      long term, long rejectedPrevIndex, long hintIndex, long hintTerm, long readRound)
      implements Message {}

  /** A follower asks its leader for a read index on behalf of a local read. */
  record ReadIndexRequest(long term, long readId) implements Message {}

  record ReadIndexGranted(long term, long readId, long index) implements Message {}

  record ReadIndexRefused(long term, long readId) implements Message {}

  /**
   * A follower whose log was damaged asks its leader where the leader's log ends; see {@link
   * Healing}.
   *
   * @param ticket drawn at random by each life of the follower, and repeated in the answer
   */
  record LogEndRequest(long term, long ticket) implements Message {}

  record LogEndResponse(long term, long ticket, long lastIndex) implements Message {}

  /** Leadership transfer (thesis §3.10): campaign now. */
  record TimeoutNow(long term) implements Message {}

  /**
   * A piece of a snapshot (§7), for a follower that needs entries which the leader has no more. One
   * is under way to a follower at a time.
   *
   * @param snapshot the whole that this is a piece of; the same in every piece
   * @param offset of the data in the file
   * @param checksum CRC32C of the data
   */
  record SnapshotChunk(long term, SnapshotMeta snapshot, long offset, Bytes data, int checksum)
      implements Message {}

  /**
   * The follower has written the snapshot up to {@code nextOffset}, and wants to go on from there.
   * That it is installed is said by {@link AppendSucceeded}.
   */
  record SnapshotAnswer(long term, long snapshotIndex, long nextOffset) implements Message {}
}
