package dev.usher.sim;

import static dev.usher.sim.SimFailure.check;

import dev.usher.raft.Configuration;
import dev.usher.raft.Entry;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Role;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The promises of figure 3 of the paper and those of the disk, checked after every step. It sees
 * all nodes at once, which no node does.
 */
final class Safety {
  private record Ballot(int node, int disk, long term) {}

  private final SimNode[] nodes;
  private final Map<Long, SimNode> leaders = new HashMap<>();
  private final Map<Ballot, NodeId> votes = new HashMap<>();

  /** Per index, every entry that was ever in some log there. */
  private final List<List<Entry>> seen = new ArrayList<>();

  private final Map<Entry, Long> termBefore = new HashMap<>();
  final List<Entry> committed = new ArrayList<>();

  /** The state after each committed entry. */
  private final List<Long> chains = new ArrayList<>();

  /** Per committed entry, the term of the leader that committed it. */
  private final List<Long> committedIn = new ArrayList<>();

  Safety(SimNode[] nodes) {
    this.nodes = nodes;
  }

  /** Before the node's view changes. */
  void asked(SimNode node, Output.Persist write) {
    write
        .hardState()
        .ifPresent(
            state ->
                check(
                    state.term() >= node.disk.state.term(),
                    "terms on disk never go back",
                    node.id,
                    write));
    write.truncateFrom().ifPresent(from -> truncated(node, from));
    check(
        write.compaction().isEmpty()
            || write.compaction().get().snapshot().lastIndex() <= committed.size(),
        "a snapshot holds what is committed",
        node.id,
        write);
    long before = write.truncateFrom().orElse(node.view.lastIndex() + 1) - 1;
    long termBeforeFirst = node.view.term(before);
    for (Entry entry : write.entries()) {
      before++;
      check(entry.index() == before, "a log has no holes", write);
      logMatching(entry, termBeforeFirst);
      termBeforeFirst = entry.term();
    }
  }

  private void truncated(SimNode node, long from) {
    if (from <= committed.size()) {
      check(
          node.view.term(from) != committed.get((int) from - 1).term(),
          "what is committed is never truncated",
          node.id,
          from);
    }
  }

  /** Two entries with one (index, term) are one entry, and so are all before them. */
  private void logMatching(Entry entry, long previousTerm) {
    while (seen.size() < entry.index()) {
      seen.add(new ArrayList<>(1));
    }
    List<Entry> there = seen.get((int) entry.index() - 1);
    for (Entry known : there) {
      if (known.term() == entry.term()) {
        check(
            known.timeMs() == entry.timeMs() && known.payload().equals(entry.payload()),
            "log matching",
            entry);
        check(
            previousTerm < 0 || Objects.equals(termBefore.get(known), previousTerm),
            "log matching, one before",
            entry);
        return;
      }
    }
    there.add(entry);
    termBefore.put(entry, previousTerm);
  }

  void sent(SimNode node, NodeId to, Message message) {
    switch (message) {
      case Message.VoteRequest request -> voted(node, node.id, request.term());
      case Message.VoteResponse response -> {
        if (response.granted()) {
          voted(node, to, response.term());
        }
      }
      case Message.AppendSucceeded answer -> matched(node, to, answer);
      case Message.AppendRequest ignored -> {}
      case Message.AppendRejected ignored -> {}
      case Message.PreVoteRequest ignored -> {}
      case Message.PreVoteResponse ignored -> {}
      case Message.LogEndRequest ignored -> {}
      case Message.LogEndResponse ignored -> {}
      case Message.ReadIndexRequest ignored -> {}
      case Message.ReadIndexGranted ignored -> {}
      case Message.ReadIndexRefused ignored -> {}
      case Message.TimeoutNow ignored -> {}
      case Message.SnapshotChunk ignored -> {}
      case Message.SnapshotAnswer ignored -> {}
    }
  }

  private void voted(SimNode node, NodeId candidate, long term) {
    check(
        node.disk.state.term() == term && node.disk.state.vote().equals(Optional.of(candidate)),
        "a vote is on disk before it is told",
        node.id + " for " + candidate + " in " + term + ", disk " + node.disk.state);
    NodeId before = votes.putIfAbsent(new Ballot(node.number, node.generation, term), candidate);
    check(
        before == null || before.equals(candidate),
        "one vote per term and node",
        node.id + " in " + term + " for " + before + " and " + candidate);
  }

  private void matched(SimNode node, NodeId to, Message.AppendSucceeded answer) {
    long match = answer.matchIndex();
    check(
        node.disk.state.term() == answer.term() && node.disk.log.lastIndex() >= match,
        "what is acknowledged is on disk",
        node.id,
        answer);
    SimNode leader = leaders.get(answer.term());
    if (match > 0
        && leader != null
        && leader.id.equals(to)
        && leader.up
        && leader.engine.status().role() == Role.LEADER
        && leader.engine.status().term() == answer.term()) {
      check(
          leader.view.lastIndex() >= match
              && (node.disk.log.term(match) < 0
                  || leader.view.holds(match, node.disk.log.term(match))),
          "what is acknowledged is what the leader has",
          node.id,
          answer);
    }
  }

  void applied(SimNode node, Entry entry) {
    check(
        entry.index() == node.machine.index + 1 && node.installing == null,
        "applied once and in order, and not while a snapshot is installed",
        node.id,
        entry);
    check(
        node.disk.log.holds(entry.index(), entry.term()),
        "applied only when on the own disk",
        node.id,
        entry);
    check(entry.index() <= committed.size(), "applied only when committed", node.id, entry);
    Entry agreed = committed.get((int) entry.index() - 1);
    check(
        agreed.term() == entry.term() && agreed.payload().equals(entry.payload()),
        "state-machine safety",
        node.id,
        List.of(entry, agreed));
  }

  /** After the entry has changed the state: the same on every node. */
  void state(SimNode node) {
    int at = (int) node.machine.index - 1;
    if (at == chains.size()) {
      chains.add(node.machine.chain);
    }
    check(chains.get(at) == node.machine.chain, "states are equal", node.id, at + 1);
  }

  void installed(SimNode node, SnapshotMeta snapshot) {
    check(
        node.machine.index == snapshot.lastIndex() && snapshot.lastIndex() <= committed.size(),
        "a snapshot is of a committed state",
        node.id,
        snapshot);
    state(node);
  }

  /** Has a leader of this term, or an earlier one, committed that entry? */
  boolean isCommitted(long index, long entryTerm, long byTerm) {
    int at = (int) index - 1;
    return at < committed.size()
        && committed.get(at).term() == entryTerm
        && committedIn.get(at) <= byTerm;
  }

  void changed(SimNode node, Output.StateChanged change) {
    if (change.role() != Role.LEADER) {
      return;
    }
    SimNode before = leaders.putIfAbsent(change.term(), node);
    check(before == null || before == node, "election safety", "term " + change.term());
    // An old candidate may count its last vote late, and lead a term that is over: that is no
    // breach.
    for (int i = 0; i < committed.size() && committedIn.get(i) < change.term(); i++) {
      check(
          node.view.holds(i + 1L, committed.get(i).term()),
          "leader completeness",
          node.id,
          List.of(change, committed.get(i)));
    }
  }

  /** Terms and commit indexes; runs before the outputs of the step are looked at. */
  void status(SimNode node, Status status) {
    check(status.term() >= node.seenTerm, "terms never go back", node.id, status);
    check(status.commitIndex() >= node.seenCommit, "commit never goes back", node.id, status);
    check(status.commitIndex() <= node.view.lastIndex(), "commit ≤ last", node.id, status);
    if (status.role() == Role.LEADER && status.commitIndex() > node.seenCommit) {
      check(
          node.view.term(status.commitIndex()) == status.term(),
          "a leader counts copies of its own term's entries only (§5.4.2)",
          node.id,
          status);
    }
    for (long index = node.seenCommit + 1; index <= status.commitIndex(); index++) {
      if (node.view.has(index)) {
        committed(node, node.view.get(index), status.term());
      } else {
        check(index <= committed.size(), "a snapshot holds what is committed", node.id);
      }
    }
    node.seenTerm = status.term();
    node.seenCommit = status.commitIndex();
  }

  private void committed(SimNode node, Entry entry, long term) {
    int at = (int) entry.index() - 1;
    if (at < committed.size()) {
      check(
          committed.get(at).term() == entry.term(),
          "committed entries are immutable",
          node.id,
          List.of(entry, committed.get(at)));
      return;
    }
    Configuration members = node.engine.configuration();
    check(
        isOnMajority(members.voters(), entry)
            && (!members.isJoint() || isOnMajority(members.outgoing(), entry)),
        "committed means on the disks of a quorum",
        node.id,
        List.of(entry, members));
    check(
        at == 0 || committed.get(at - 1).timeMs() <= entry.timeMs(),
        "log time never decreases",
        entry);
    committed.add(entry);
    committedIn.add(term);
  }

  /** What a disk held before it was damaged or wiped counts: it was acknowledged. */
  private boolean isOnMajority(SortedSet<NodeId> voters, Entry entry) {
    int copies = 0;
    for (NodeId voter : voters) {
      SimNode holder = nodes[Simulation.numberOf(voter)];
      if (holder.disk.log.holds(entry.index(), entry.term())
          || holder.disk.lost.holds(entry.index(), entry.term())) {
        copies++;
      }
    }
    return copies > voters.size() / 2;
  }

  int elections() {
    return leaders.size();
  }
}
