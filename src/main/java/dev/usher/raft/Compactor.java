package dev.usher.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of this node (§7): when one is taken, what it lets the log forget, and how one that
 * came from the leader takes the log's place.
 *
 * <p>Taking and installing never interleave (lerna#111, #113): none is begun during an install, and
 * one that was begun before and ends after it is thrown away.
 */
final class Compactor {
  /** What an entry costs beside its payload, roughly. */
  private static final int ENTRY_BYTES = 64;

  private final Member member;
  private @Nullable SnapshotMeta current;
  private @Nullable SnapshotMeta installing;
  private boolean taking;
  private boolean asked;
  private long bytesSince;

  Compactor(Member member, @Nullable SnapshotMeta recovered) {
    this.member = member;
    current = recovered;
  }

  /** The one that the log begins with, or null before the first. */
  @Nullable SnapshotMeta current() {
    return current;
  }

  boolean isInstalling() {
    return installing != null;
  }

  void applied(List<Entry> entries) {
    for (Entry entry : entries) {
      bytesSince += entry.payload().size() + ENTRY_BYTES;
    }
  }

  // ---- taking one ----

  void ask() {
    asked = true;
  }

  /** At the end of every step, when what is to be applied has been handed out. */
  void startIfDue() {
    boolean due = asked || bytesSince >= member.config.snapshots().everyBytes();
    if (!due) {
      return;
    }
    long index = member.appliedIndex();
    boolean isNews = index > (current == null ? 0 : current.lastIndex());
    // One that is being sent must not be replaced under the receiver's feet again and again.
    if (taking || isInstalling() || !isNews || member.role().isSendingSnapshot()) {
      asked = false;
      return;
    }
    asked = false;
    taking = true;
    bytesSince = 0;
    Entry last = member.log.get(index);
    member.emit(
        new Output.StartSnapshot(index, last.term(), last.timeMs(), member.membership.at(index)));
  }

  void failed() {
    taking = false;
  }

  /** Its file is durable: the log may forget what is in it, but for a tail for slow followers. */
  void taken(SnapshotMeta snapshot) {
    taking = false;
    boolean old = current != null && snapshot.lastIndex() <= current.lastIndex();
    if (old || isInstalling()) {
      member.emit(new Output.DiscardSnapshot(snapshot));
      return;
    }
    Invariant.check(
        snapshot.lastIndex() <= member.appliedIndex(),
        "a snapshot holds what was applied (last index, applied)",
        snapshot.lastIndex(),
        member.appliedIndex());
    begin(snapshot);
  }

  // ---- installing one ----

  /** All of it has been received. False when the log has caught up with it meanwhile. */
  boolean install(SnapshotMeta snapshot) {
    if (isInstalling() || snapshot.lastIndex() <= member.appliedIndex()) {
      return false;
    }
    installing = snapshot;
    member.emit(new Output.InstallSnapshot(snapshot));
    return true;
  }

  /** The state machine is the snapshot's: so are log, commit index and members. */
  boolean installed(SnapshotMeta snapshot) {
    if (!snapshot.equals(installing)) {
      return false;
    }
    installing = null;
    bytesSince = 0;
    LogView log = member.log;
    if (!log.matches(snapshot.lastIndex(), snapshot.lastTerm())) {
      Invariant.check(
          member.role().role() != Role.LEADER,
          "a leader has everything that is committed (snapshot, last index)",
          snapshot.lastIndex(),
          log.lastIndex());
      if (log.lastIndex() >= snapshot.lastIndex()) {
        member.truncateFrom(snapshot.lastIndex());
      }
      member.durability.replacing();
      log.resetTo(snapshot);
      // What stood in the log before it is gone, configurations too (openraft#1808).
      member.membership.truncatedFrom(0);
    }
    begin(snapshot);
    member.startFrom(snapshot);
    return true;
  }

  void installFailed(SnapshotMeta snapshot) {
    if (snapshot.equals(installing)) {
      installing = null;
    }
  }

  private void begin(SnapshotMeta snapshot) {
    current = snapshot;
    member.log.compactTo(snapshot.lastIndex() - member.config.snapshots().keepEntries());
    member.membership.startFrom(snapshot);
    member.durability.compacted(snapshot);
  }
}
