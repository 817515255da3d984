package dev.usher.raft;

import org.jspecify.annotations.Nullable;

/**
 * What the leader knows of one follower's log, and how much it has under way to it.
 *
 * <p>PROBE: the place where the logs agree is being looked for, one request at a time. REPLICATE:
 * it is known; requests follow each other without waiting, within a window of messages and bytes.
 * SNAPSHOT: the leader's log does not reach back that far any more; a snapshot is being sent.
 *
 * <p>Invariants: match &lt; next; match never goes back, whatever late answers say. Only a follower
 * that insists that it lost what it had (a damaged disk) is believed in the end: what is committed
 * stays so, it just gets it once more.
 */
final class Progress {
  enum Mode {
    PROBE,
    REPLICATE,
    SNAPSHOT
  }

  /** So often in a row a follower denies what it once confirmed until it is believed. */
  private static final int DENIALS_BELIEVED = 3;

  final NodeId peer;
  private final long[] flightEnds;
  private final long[] flightBytes;
  private final long maxBytes;
  private int flightHead;
  private int flights;
  private long bytesInFlight;

  private Mode mode = Mode.PROBE;
  private long match;
  private long next;
  private boolean probeSent;
  private int denials;
  private @Nullable SnapshotSender sender;

  /** When this peer last answered in the leader's term, monotonic milliseconds. */
  long heardMs;

  /** The latest read round it has confirmed. */
  long readRound;

  /** The commit index it was told last. */
  long commitSent;

  Progress(NodeId peer, long next, int maxMessages, long maxBytes, long nowMs) {
    this.peer = peer;
    this.next = next;
    this.maxBytes = maxBytes;
    flightEnds = new long[maxMessages];
    flightBytes = new long[maxMessages];
    heardMs = nowMs;
  }

  long match() {
    return match;
  }

  long next() {
    return next;
  }

  Mode mode() {
    return mode;
  }

  boolean isIdle() {
    return flights == 0;
  }

  /** May another request with entries go out now? */
  boolean hasRoom() {
    return switch (mode) {
      case PROBE -> !probeSent;
      case SNAPSHOT -> false;
      case REPLICATE -> flights < flightEnds.length && (flights == 0 || bytesInFlight < maxBytes);
    };
  }

  /** A request with entries up to {@code lastIndex} has gone out. */
  void sent(long lastIndex, long bytes) {
    if (mode == Mode.PROBE) {
      probeSent = true;
      return;
    }
    int slot = (flightHead + flights) % flightEnds.length;
    flightEnds[slot] = lastIndex;
    flightBytes[slot] = bytes;
    flights++;
    bytesInFlight += bytes;
    next = lastIndex + 1;
  }

  /** The transfer that is under way, or null. */
  @Nullable SnapshotSender sender() {
    return sender;
  }

  /** What the follower lacks is compacted away: it gets the snapshot, then what follows it. */
  void sending(SnapshotSender snapshot) {
    mode = Mode.SNAPSHOT;
    sender = snapshot;
    flights = 0;
    bytesInFlight = 0;
    next = snapshot.snapshot().lastIndex() + 1;
  }

  /** The follower's log equals the leader's up to {@code index}; true when that is news. */
  boolean succeeded(long index) {
    boolean advanced = index > match;
    denials = 0;
    match = Math.max(match, index);
    SnapshotSender snapshot = sender;
    if (snapshot != null && match < snapshot.snapshot().lastIndex()) {
      return advanced;
    }
    sender = null;
    if (mode != Mode.REPLICATE) {
      mode = Mode.REPLICATE;
      next = match + 1;
      probeSent = false;
    }
    next = Math.max(next, match + 1);
    while (flights > 0 && flightEnds[flightHead] <= match) {
      bytesInFlight -= flightBytes[flightHead];
      flightHead = (flightHead + 1) % flightEnds.length;
      flights--;
    }
    return advanced;
  }

  /**
   * The follower has nothing like {@code prevIndex}.
   *
   * @param agreeAt where the logs may agree at the latest
   * @return true when another probe should go out now; false when the answer was late, or says
   *     nothing new
   */
  boolean rejected(long prevIndex, long agreeAt) {
    if (mode == Mode.SNAPSHOT) {
      return false;
    }
    if (prevIndex == match && agreeAt < match) {
      return insistsOnLoss(agreeAt);
    }
    boolean late = mode == Mode.PROBE ? prevIndex != next - 1 : prevIndex <= match;
    if (late) {
      return false;
    }
    long before = next;
    next = Math.max(match, Math.min(agreeAt, prevIndex - 1)) + 1;
    boolean wasReplicating = mode == Mode.REPLICATE;
    mode = Mode.PROBE;
    flights = 0;
    bytesInFlight = 0;
    // A follower that denies what it once confirmed would otherwise be probed without a pause.
    probeSent = !wasReplicating && next == before;
    return !probeSent;
  }

  /**
   * It denies what it once confirmed: an answer that is very late, or a disk that lost something.
   */
  private boolean insistsOnLoss(long agreeAt) {
    if (++denials < DENIALS_BELIEVED) {
      return false;
    }
    denials = 0;
    match = agreeAt;
    next = match + 1;
    mode = Mode.PROBE;
    flights = 0;
    bytesInFlight = 0;
    probeSent = false;
    return true;
  }
}
