package dev.usher.sim.tla;

import static dev.usher.sim.tla.TraceEvent.isTrue;
import static dev.usher.sim.tla.TraceEvent.only;
import static dev.usher.sim.tla.TraceEvent.remembers;

import dev.usher.raft.Entry;
import dev.usher.raft.HardState;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.List;
import java.util.Optional;

/**
 * One life of one node, from a start to the next: turns each step of its engine into events, first
 * what it did to its memory, then what it asked its disk for, what it said, and where it stands.
 */
final class NodeStory {
  private final NodeId node;
  private final List<TraceEvent> events;
  private final ReadStory reads;
  private final Speech speech;
  private Status before;
  private HardState asked;
  private long askedLast;
  private long confirmed;

  NodeStory(NodeId node, List<TraceEvent> events, HardState found, long lastIndex) {
    this.node = node;
    this.events = events;
    reads = new ReadStory(node, events);
    speech = new Speech(node, events);
    before = new Status(Role.FOLLOWER, found.term(), Optional.empty(), lastIndex, 0);
    asked = found;
    askedLast = lastIndex;
  }

  void step(Input input, List<Output> outputs, Status after) {
    int told = events.size();
    if (input instanceof Input.Persisted persisted && persisted.sequence() > confirmed) {
      events.add(only(node, "written", "count", persisted.sequence() - confirmed));
      confirmed = persisted.sequence();
    }
    Role role = remember(input, outputs, after);
    if (role != after.role()) {
      events.add(remembers(node, "rest", "role", after.role().name()));
    }
    reads.step(input, outputs, before, after);
    outputs.forEach(this::persist);
    outputs.forEach(speech::say);
    reads.answers(input, outputs);
    if (events.size() > told || !after.equals(before)) {
      events.add(
          isTrue(
              node,
              "is",
              "term",
              after.term(),
              "role",
              after.role().name(),
              "leader",
              after.leader(),
              "commit",
              after.commitIndex(),
              "last",
              after.lastIndex()));
    }
    before = after;
  }

  /** Changes of term, vote, role, log and commit index. Returns the role that they lead to. */
  private Role remember(Input input, List<Output> outputs, Status after) {
    Optional<NodeId> newVote = newVote(outputs);
    Role role = before.role();
    long term = before.term();
    if (input instanceof Input.Received received) {
      NodeId from = received.from();
      Message message = received.message();
      if (message instanceof Message.AppendRequest request && request.term() == after.term()) {
        receive(from, request);
        return Role.FOLLOWER;
      }
      if (message instanceof Message.VoteRequest && newVote.equals(Optional.of(from))) {
        events.add(remembers(node, "vote", "term", after.term(), "for", from));
        return Role.FOLLOWER;
      }
      boolean campaigns = newVote.equals(Optional.of(node));
      long adopted = campaigns ? after.term() - 1 : after.term();
      if (adopted > term) {
        events.add(remembers(node, "adopt", "term", adopted));
        role = Role.FOLLOWER;
      }
    }
    if (newVote.equals(Optional.of(node))) {
      events.add(remembers(node, "campaign"));
      role = Role.CANDIDATE;
    }
    if (after.role() == Role.LEADER) {
      lead(outputs, after);
      role = Role.LEADER;
    }
    return role;
  }

  private void receive(NodeId from, Message.AppendRequest request) {
    events.add(
        remembers(
            node,
            "receive",
            "from",
            from,
            "term",
            request.term(),
            "prev",
            request.prevIndex(),
            "prevTerm",
            request.prevTerm(),
            "entries",
            request.entries(),
            "commit",
            request.leaderCommit()));
  }

  private void lead(List<Output> outputs, Status after) {
    if (before.role() != Role.LEADER) {
      events.add(remembers(node, "lead"));
    }
    for (Output output : outputs) {
      if (output instanceof Output.ProposalAccepted accepted) {
        events.add(remembers(node, "propose", "value", accepted.proposalId()));
      } else if (output instanceof Output.Persist write) {
        proposeItself(write);
      }
    }
    if (after.commitIndex() > before.commitIndex()) {
      events.add(remembers(node, "commit", "index", after.commitIndex()));
    }
  }

  /** A leader that hears whose disks the members' are writes it down: an entry like any other. */
  private void proposeItself(Output.Persist write) {
    for (Entry entry : write.entries()) {
      if (entry.kind() == Entry.Kind.CONFIGURATION) {
        events.add(remembers(node, "propose", "value", TraceEvent.valueOf(entry)));
      }
    }
  }

  private static Optional<NodeId> newVote(List<Output> outputs) {
    for (Output output : outputs) {
      if (output instanceof Output.Persist write && write.hardState().isPresent()) {
        return write.hardState().get().vote();
      }
    }
    return Optional.empty();
  }

  private void persist(Output output) {
    if (output instanceof Output.Persist write) {
      asked = write.hardState().orElse(asked);
      long from = write.truncateFrom().orElse(askedLast + 1);
      askedLast = from - 1 + write.entries().size();
      events.add(
          only(
              node,
              "persist",
              "term",
              asked.term(),
              "vote",
              asked.vote(),
              "from",
              from,
              "entries",
              write.entries()));
    }
  }
}
