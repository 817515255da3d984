package dev.usher.sim.tla;

import static dev.usher.sim.tla.TraceEvent.isTrue;
import static dev.usher.sim.tla.TraceEvent.reads;
import static dev.usher.sim.tla.TraceEvent.says;

import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The reads of one life of one node: asked by its own clients, or by other nodes of it as their
 * leader. A read is known by the node that was asked and a number: the client's on a leader, the
 * ticket that goes over the wire on a follower.
 */
final class ReadStory {
  private final NodeId node;
  private final List<TraceEvent> events;

  /** Asked of a leader that has not committed in its term yet. */
  private final List<String> early = new ArrayList<>();

  private boolean committedInTerm;
  private long round;

  ReadStory(NodeId node, List<TraceEvent> events) {
    this.node = node;
    this.events = events;
  }

  /** Questions: before the step's own rounds begin and its answers are given. */
  void step(Input input, List<Output> outputs, Status before, Status after) {
    if (after.role() != Role.LEADER || before.role() != Role.LEADER) {
      early.clear();
      committedInTerm = false;
      round = 0;
    }
    forward(outputs);
    if (after.role() == Role.LEADER) {
      switch (input) {
        case Input.Read read when isTaken(outputs, read.readId()) -> {
          String id = ownId(read.readId());
          events.add(reads(node, "ask read", "id", id));
          take(id);
        }
        case Input.Received received
            when received.message() instanceof Message.ReadIndexRequest request
                && isTaken(outputs, request) ->
            take(forwardedId(received.from(), request.readId()));
        case Input ignored -> {}
      }
      if (after.commitIndex() > before.commitIndex()) {
        committedInTerm = true;
        early.forEach(this::take);
        early.clear();
      }
      beginRounds(outputs);
    }
  }

  /** Answers: after the disk was asked. */
  void answers(Input input, List<Output> outputs) {
    for (Output output : outputs) {
      if (output instanceof Output.Send send
          && send.message() instanceof Message.ReadIndexGranted granted) {
        grant(forwardedId(send.to(), granted.readId()), granted.index());
      } else if (output instanceof Output.ReadReady ready) {
        if (input instanceof Input.Received received
            && received.message() instanceof Message.ReadIndexGranted granted) {
          serve(forwardedId(node, granted.readId()), ready.index());
        } else {
          grant(ownId(ready.readId()), ready.index());
          serve(ownId(ready.readId()), ready.index());
        }
      }
    }
  }

  private void forward(List<Output> outputs) {
    for (Output output : outputs) {
      if (output instanceof Output.Send send
          && send.message() instanceof Message.ReadIndexRequest request) {
        events.add(reads(node, "ask read", "id", forwardedId(node, request.readId())));
      }
    }
  }

  private static boolean isTaken(List<Output> outputs, long readId) {
    return outputs.stream()
        .noneMatch(output -> output instanceof Output.ReadRejected no && no.readId() == readId);
  }

  private static boolean isTaken(List<Output> outputs, Message.ReadIndexRequest request) {
    return outputs.stream()
        .noneMatch(
            output ->
                output instanceof Output.Send send
                    && send.message() instanceof Message.ReadIndexRefused no
                    && no.readId() == request.readId());
  }

  private void take(String id) {
    if (committedInTerm) {
      events.add(reads(node, "take on read", "id", id));
    } else {
      early.add(id);
    }
  }

  private void beginRounds(List<Output> outputs) {
    for (Output output : outputs) {
      if (output instanceof Output.Send send
          && send.message() instanceof Message.AppendRequest request
          && request.readRound() > round) {
        round = request.readRound();
        events.add(reads(node, "begin round"));
      }
    }
  }

  private void grant(String id, long index) {
    events.add(says(node, "grant read", "id", id, "index", index));
  }

  private void serve(String id, long index) {
    events.add(isTrue(node, "serve read", "id", id, "index", index));
  }

  private static String ownId(long readId) {
    return "read " + readId;
  }

  private static String forwardedId(NodeId asker, long ticket) {
    return asker.value() + " " + ticket;
  }
}
