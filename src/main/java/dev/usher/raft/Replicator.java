package dev.usher.raft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The leader's side of AppendEntries (§5.3): one {@link Progress} for each follower. */
final class Replicator {
  private final Member member;
  private final List<Progress> all = new ArrayList<>();
  private final long[] scratch;

  /** Carried by every request; see {@link ReadIndex}. */
  private long readRound;

  Replicator(Member member) {
    this.member = member;
    scratch = new long[member.peers.size() + 1];
    for (NodeId peer : member.peers) {
      all.add(
          new Progress(
              peer,
              member.log.lastIndex() + 1,
              member.config.maxInFlightAppends(),
              member.config.maxInFlightBytes(),
              member.nowMs()));
    }
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
    while (progress.next() <= log.lastIndex() && progress.hasRoom()) {
      long from = progress.next();
      long to = log.endOfBatch(from, config.maxAppendEntries(), config.maxAppendBytes());
      send(progress, log.slice(from, to));
      progress.sent(to, log.bytes(from, to));
    }
  }

  /** Tells idle followers of a new commit index; busy ones learn it with their next entries. */
  void announceCommit() {
    for (Progress progress : all) {
      announceCommit(progress);
    }
  }

  void announceCommit(Progress progress) {
    if (progress.mode() == Progress.Mode.REPLICATE
        && progress.isIdle()
        && progress.next() > member.log.lastIndex()
        && progress.commitSent < member.commitIndex()) {
      sendEmpty(progress);
    }
  }

  /** What a majority has on disk, this node counting only what it has on disk itself. */
  long quorumMatch() {
    for (int i = 0; i < all.size(); i++) {
      scratch[i] = all.get(i).match();
    }
    scratch[all.size()] = member.durability.durableIndex();
    return Quorum.reached(scratch);
  }

  /** The latest time at which a majority had been heard, this node included. */
  long quorumHeardMs() {
    for (int i = 0; i < all.size(); i++) {
      scratch[i] = all.get(i).heardMs;
    }
    scratch[all.size()] = member.nowMs();
    return Quorum.reached(scratch);
  }

  /** The latest read round that a majority has confirmed. */
  long quorumReadRound() {
    for (int i = 0; i < all.size(); i++) {
      scratch[i] = all.get(i).readRound;
    }
    scratch[all.size()] = readRound;
    return Quorum.reached(scratch);
  }

  private void sendEmpty(Progress progress) {
    send(progress, List.of());
  }

  private void send(Progress progress, List<Entry> entries) {
    long prev = progress.next() - 1;
    progress.commitSent = member.commitIndex();
    member.send(
        progress.peer,
        new Message.AppendRequest(
            member.term(), prev, member.log.term(prev), entries, member.commitIndex(), readRound));
  }
}
