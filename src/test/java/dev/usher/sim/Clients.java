package dev.usher.sim;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.Output;
import dev.usher.raft.Role;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Clients that write commands with serials and read, and the oracle that knows what they may
 * believe. A node's answer to a write is bound to (term, index): when another entry is applied
 * there, the outcome is unknown, not done. The state is the log itself, so reads are linearizable
 * exactly when none sees less than was acknowledged, or read, before it was asked.
 */
final class Clients {
  private static final long GIVE_UP_US = 1_000_000;

  /** One call of one client, under way at one life of a node. */
  private record Call(int client, long id, int node, int life, long mustSee, boolean isRead) {}

  private record Place(int node, long index) {}

  private record Accepted(Call call, long term) {}

  private record Ready(Call call, long index) {}

  private final Simulation sim;
  private final RandomGenerator random;
  private final Parameters parameters;
  private final Call[] current;
  private final Map<Place, Accepted> accepted = new HashMap<>();
  private final Map<Integer, ArrayDeque<Ready>> ready = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private long nextId = 1;
  private long acknowledgedIndex;
  boolean stopped;
  long writes;
  long reads;

  Clients(Simulation sim, RandomGenerator random, Parameters parameters) {
    this.sim = sim;
    this.random = random;
    this.parameters = parameters;
    current = new Call[parameters.clients()];
  }

  /** The client's turn: gives a call up that got no answer, and makes the next. */
  void turn(int client) {
    if (stopped) {
      return;
    }
    SimNode node = choose();
    long id = nextId++;
    boolean isRead = random.nextDouble() < parameters.readShare();
    Call call = new Call(client, id, node.number, node.life, acknowledgedIndex, isRead);
    current[client] = call;
    if (!node.up) {
      finish(call);
      return;
    }
    sim.schedule(GIVE_UP_US, new Event.GiveUp(client, id));
    sim.step(node, isRead ? new Input.Read(id) : new Input.Propose(id, serial(id)));
  }

  void giveUp(int client, long id) {
    Call call = current[client];
    if (call != null && call.id() == id) {
      finish(call);
    }
  }

  void accepted(SimNode node, Output.ProposalAccepted answer) {
    Call call = find(node, answer.proposalId());
    if (call != null) {
      accepted.put(new Place(node.number, answer.index()), new Accepted(call, answer.term()));
    }
  }

  void rejected(SimNode node, Output.ProposalRejected answer) {
    refused.add(answer.proposalId());
    Call call = find(node, answer.proposalId());
    if (call != null) {
      finish(call);
    }
  }

  void readReady(SimNode node, Output.ReadReady answer) {
    Call call = find(node, answer.readId());
    if (call != null) {
      ready
          .computeIfAbsent(node.number, ignored -> new ArrayDeque<>())
          .add(new Ready(call, answer.index()));
      serveReads(node);
    }
  }

  void readRejected(SimNode node, Output.ReadRejected answer) {
    Call call = find(node, answer.readId());
    if (call != null) {
      finish(call);
    }
  }

  /** The node has applied the entry: whoever waits for this place gets its answer. */
  void applied(SimNode node, Entry entry) {
    if (entry.kind() == Entry.Kind.COMMAND) {
      SimFailure.check(
          refused.isEmpty() || !refused.contains(serialOf(entry)),
          "what was refused is never applied",
          entry);
    }
    Accepted waiting = accepted.remove(new Place(node.number, entry.index()));
    if (waiting == null || waiting.call().life() != node.life) {
      return;
    }
    if (waiting.term() == entry.term()) {
      SimFailure.check(
          serialOf(entry) == waiting.call().id(), "(term, index) names one proposal", entry);
      acknowledgedIndex = Math.max(acknowledgedIndex, entry.index());
      writes++;
    }
    if (isCurrent(waiting.call())) {
      finish(waiting.call());
    }
  }

  void serveReads(SimNode node) {
    ArrayDeque<Ready> waiting = ready.get(node.number);
    if (waiting == null) {
      return;
    }
    waiting.removeIf(
        read -> {
          if (read.call().life() != node.life) {
            return true;
          }
          if (read.index() > node.appliedIndex) {
            return false;
          }
          SimFailure.check(
              node.appliedIndex >= read.call().mustSee(),
              "a read sees what was acknowledged before it was asked (applied "
                  + node.appliedIndex
                  + ")",
              read);
          acknowledgedIndex = Math.max(acknowledgedIndex, node.appliedIndex);
          reads++;
          if (isCurrent(read.call())) {
            finish(read.call());
          }
          return true;
        });
  }

  long acknowledgedIndex() {
    return acknowledgedIndex;
  }

  private void finish(Call call) {
    current[call.client()] = null;
    sim.schedule(
        1 + (long) (random.nextDouble() * 2 * parameters.thinkMeanUs()),
        new Event.Turn(call.client()));
  }

  private Call find(SimNode node, long id) {
    for (Call call : current) {
      if (call != null && call.id() == id && call.life() == node.life) {
        return call;
      }
    }
    return null;
  }

  private boolean isCurrent(Call call) {
    Call now = current[call.client()];
    return now != null && now.id() == call.id();
  }

  /** Mostly one that leads as far as it knows, sometimes any. */
  private SimNode choose() {
    int start = random.nextInt(sim.nodes.length);
    if (random.nextInt(4) != 0) {
      for (int i = 0; i < sim.nodes.length; i++) {
        SimNode node = sim.nodes[(start + i) % sim.nodes.length];
        if (node.up && node.engine.status().role() == Role.LEADER) {
          return node;
        }
      }
    }
    return sim.nodes[start];
  }

  private static Bytes serial(long id) {
    return Bytes.wrap(ByteBuffer.allocate(8).putLong(id).array());
  }

  private static long serialOf(Entry entry) {
    return entry.payload().asByteBuffer().getLong();
  }

  @Override
  public String toString() {
    return "writes=" + writes + " reads=" + reads + " under way " + Arrays.toString(current);
  }
}
