package dev.usher.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The leader's side of AppendEntries (§5.3): one {@link Progress} for each follower. */
final class Replicator {
  private final Member member;
  private final List<Progress> all = new ArrayList<>();
  private Half voters = new Half(List.of(), false);
  private @Nullable Half outgoing;

  /** Carried by every request; see {@link ReadIndex}. */
  private long readRound;

  Replicator(Member member) {
    this.member = member;
    configured();
  }

  /** The members are others now: who is new is probed, who is gone is forgotten. */
  void configured() {
    Configuration configuration = member.membership.current();
    all.removeIf(progress -> !configuration.isMember(progress.peer));
    for (NodeId peer : member.membership.others()) {
      if (find(peer) == null) {
        all.add(
            new Progress(
                peer,
                member.log.lastIndex() + 1,
                member.config.maxInFlightAppends(),
                member.config.maxInFlightBytes(),
                member.nowMs()));
      }
    }
    voters = half(configuration.voters());
    outgoing = configuration.isJoint() ? half(configuration.outgoing()) : null;
  }

  private Half half(Set<NodeId> ids) {
    return new Half(
        all.stream().filter(progress -> ids.contains(progress.peer)).toList(),
        ids.contains(member.self()));
  }

  @Nullable Progress find(NodeId peer) {
    for (Progress progress : all) {
      if (progress.peer.equals(peer)) {
        return progress;
      }
    }
    return null;
  }

  Progress get(NodeId peer) {
    Progress progress = find(peer);
    if (progress == null) {
      throw new InvariantViolation("broken invariant: " + peer + " is no voter, yet was heard");
    }
    return progress;
  }

  List<Progress> all() {
    return all;
  }

  /** To every follower, without waiting for anything, the disk least of all. */
  void heartbeat() {
    for (Progress progress : all) {
      sendEmpty(progress);
    }
  }

  void readRound(long round) {
    readRound = round;
  }

  /** Sends what there is to send, as far as the windows allow. */
  void replicate() {
    for (Progress progress : all) {
      replicate(progress);
    }
  }

  void replicate(Progress progress) {
    RaftConfig config = member.config;
    LogView log = member.log;
    if (!reaches(progress)) {
      return;
    }
    while (progress.next() <= log.lastIndex() && progress.hasRoom()) {
      long from = progress.next();
      long to = log.endOfBatch(from, config.maxAppendEntries(), config.maxAppendBytes());
      send(progress, log.slice(from, to));
      progress.sent(to, log.bytes(from, to));
    }
  }

  /**
   * False while the follower needs what is compacted away here, be it that it is idle
   * (emptyFollowerGetsSnapshotWhenIdle: openraft#1828, RATIS-2523): then it gets the snapshot.
   */
  private boolean reaches(Progress progress) {
    if (progress.sender() != null) {
      return false;
    }
    if (progress.next() > member.log.baseIndex()) {
      return true;
    }
    progress.sending(new SnapshotSender(member, progress.peer));
    return false;
  }

  /** Pieces without an answer are sent again. */
  void tick() {
    for (Progress progress : all) {
      SnapshotSender sender = progress.sender();
      if (sender != null) {
        sender.tick();
      }
    }
  }

  /** Is a snapshot on its way to somebody who is alive? */
  boolean isSendingSnapshot() {
    for (Progress progress : all) {
      if (progress.sender() != null
          && member.nowMs() - progress.heardMs < member.config.electionTimeoutMaxMs()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells idle followers of a new commit index. Whoever gets entries learns it with them, so this
   * is for now and then, not for each commit.
   */
  void announceCommit() {
    for (Progress progress : all) {
      if (progress.isIdle()) {
        announceCommit(progress);
      }
    }
  }

  /** Tells one follower, who waits for it. */
  void announceCommit(NodeId peer) {
    Progress progress = find(peer);
    if (progress != null) {
      announceCommit(progress);
    }
  }

  private void announceCommit(Progress progress) {
    if (progress.mode() == Progress.Mode.REPLICATE
        && progress.next() > member.log.lastIndex()
        && progress.commitSent < member.commitIndex()) {
      sendEmpty(progress);
    }
  }

  /** What a majority has on disk, this node counting only what it has on disk itself. */
  long quorumMatch() {
    return reached(Progress::match, member.durability.durableIndex());
  }

  /** The latest time at which a majority had been heard, this node included. */
  long quorumHeardMs() {
    return reached(progress -> progress.heardMs, member.nowMs());
  }

  /** The latest read round that a majority has confirmed. */
  long quorumReadRound() {
    return reached(progress -> progress.readRound, readRound);
  }

  /** In a joint configuration both halves must have reached it (§6). */
  private long reached(ToLongFunction<Progress> value, long own) {
    Half old = outgoing;
    long reached = voters.reached(value, own);
    return old == null ? reached : Math.min(reached, old.reached(value, own));
  }

  /** One majority to be had: the voters, or one half of a joint configuration. */
  private static final class Half {
    private final List<Progress> others;
    private final boolean isSelfIn;
    private final long[] scratch;

    Half(List<Progress> others, boolean isSelfIn) {
      this.others = others;
      this.isSelfIn = isSelfIn;
      scratch = new long[others.size() + (isSelfIn ? 1 : 0)];
    }

    /** A leader that is leaving the group does not count itself (thesis §4.2.2). */
    long reached(ToLongFunction<Progress> value, long own) {
      for (int i = 0; i < others.size(); i++) {
        scratch[i] = value.applyAsLong(others.get(i));
      }
      if (isSelfIn) {
        scratch[others.size()] = own;
      }
      return Quorum.reached(scratch);
    }
  }

  /**
   * A heartbeat. During a transfer it names the snapshot's end: refused until that is installed,
   * and the answer that says so even when the one before was lost.
   */
  private void sendEmpty(Progress progress) {
    reaches(progress);
    send(progress, List.of());
  }

  private void send(Progress progress, List<Entry> entries) {
    long prev = progress.next() - 1;
    SnapshotSender sender = progress.sender();
    long prevTerm = sender == null ? member.log.term(prev) : sender.snapshot().lastTerm();
    progress.commitSent = member.commitIndex();
    member.send(
        progress.peer,
        new Message.AppendRequest(
            member.term(), prev, prevTerm, entries, member.commitIndex(), readRound));
  }
}
