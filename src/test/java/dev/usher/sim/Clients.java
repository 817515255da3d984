package dev.usher.sim;

import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.Output;
import dev.usher.raft.Role;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Clients that swap and read seats, and what they may believe. An answer to a swap is bound to
 * (term, index): when another entry is applied there, the outcome is unknown, not refused, and the
 * client asks again under the same sequence number or lets it be.
 */
final class Clients {
  private static final long GIVE_UP_US = 1_000_000;

  /** One try of one client's operation, under way at one life of a node. */
  private record Attempt(
      int client, long id, int node, int life, long mustSee, History.Operation operation) {}

  private record Place(int node, long index) {}

  private record Accepted(Attempt attempt, long term) {}

  private record Ready(Attempt attempt, long index) {}

  private final Simulation sim;
  private final RandomGenerator random;
  private final Parameters.Load load;
  private final History history = new History();
  private final Attempt[] current;
  private final History.Operation[] unfinished;
  private final long[] sequences;
  private final Map<Place, Accepted> accepted = new HashMap<>();
  private final Map<Integer, ArrayDeque<Ready>> ready = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private long nextId = 1;
  private long acknowledgedIndex;
  boolean stopped;
  long writes;
  long reads;

  Clients(Simulation sim, RandomGenerator random, Parameters.Load load) {
    this.sim = sim;
    this.random = random;
    this.load = load;
    current = new Attempt[load.clients()];
    unfinished = new History.Operation[load.clients()];
    sequences = new long[load.clients()];
  }

  /** The client's turn: repeats what has no answer, or goes on to something new. */
  void turn(int client) {
    if (stopped) {
      return;
    }
    long id = nextId++;
    History.Operation operation = unfinished[client];
    if (operation == null || random.nextInt(3) == 0) {
      boolean isRead = random.nextDouble() < load.readShare();
      int seat = random.nextInt(SimMachine.SEATS);
      operation = history.call(seat, isRead ? 0 : id, sim.nowUs);
      if (!isRead) {
        sequences[client]++;
      }
      unfinished[client] = isRead ? null : operation;
    }
    SimNode node = choose();
    Attempt attempt = new Attempt(client, id, node.number, node.life, acknowledgedIndex, operation);
    current[client] = attempt;
    if (!node.up) {
      finish(attempt);
      return;
    }
    sim.schedule(GIVE_UP_US, new Event.GiveUp(client, id));
    SimMachine.Swap swap =
        new SimMachine.Swap(id, client, sequences[client], operation.seat, operation.value);
    sim.step(node, operation.isRead() ? new Input.Read(id) : new Input.Propose(id, swap.encode()));
  }

  void giveUp(int client, long attempt) {
    Attempt now = current[client];
    if (now != null && now.id() == attempt) {
      finish(now);
    }
  }

  void accepted(SimNode node, Output.ProposalAccepted answer) {
    Attempt attempt = find(node, answer.proposalId());
    if (attempt != null) {
      accepted.put(new Place(node.number, answer.index()), new Accepted(attempt, answer.term()));
    }
  }

  void rejected(SimNode node, Output.ProposalRejected answer) {
    refused.add(answer.proposalId());
    end(find(node, answer.proposalId()));
  }

  void readReady(SimNode node, Output.ReadReady answer) {
    Attempt attempt = find(node, answer.readId());
    if (attempt != null) {
      ready
          .computeIfAbsent(node.number, ignored -> new ArrayDeque<>())
          .add(new Ready(attempt, answer.index()));
      serveReads(node);
    }
  }

  void readRejected(SimNode node, Output.ReadRejected answer) {
    end(find(node, answer.readId()));
  }

  /** The node has applied the entry: whoever waits for this place gets its answer. */
  void applied(SimNode node, Entry entry, long result) {
    if (entry.kind() == Entry.Kind.COMMAND && !refused.isEmpty()) {
      SimFailure.check(
          !refused.contains(SimMachine.Swap.decode(entry).attempt()),
          "what was refused is never applied",
          entry);
    }
    Accepted waiting = accepted.remove(new Place(node.number, entry.index()));
    if (waiting == null || waiting.attempt().life() != node.life) {
      return;
    }
    Attempt attempt = waiting.attempt();
    if (waiting.term() == entry.term()) {
      SimFailure.check(
          SimMachine.Swap.decode(entry).attempt() == attempt.id(),
          "(term, index) names one proposal",
          entry);
      acknowledgedIndex = Math.max(acknowledgedIndex, entry.index());
      writes++;
      if (isCurrent(attempt) && result != SimMachine.STALE) {
        attempt.operation().answered(sim.nowUs, result);
        unfinished[attempt.client()] = null;
      }
    }
    end(attempt);
  }

  void serveReads(SimNode node) {
    ArrayDeque<Ready> waiting = ready.get(node.number);
    if (waiting != null && !waiting.isEmpty() && node.installing == null) {
      waiting.removeIf(read -> read.attempt().life() != node.life || isServed(node, read));
    }
  }

  private boolean isServed(SimNode node, Ready read) {
    if (read.index() > node.machine.index) {
      return false;
    }
    Attempt attempt = read.attempt();
    SimFailure.check(
        node.machine.index >= attempt.mustSee(),
        "a read sees what was acknowledged before it was asked (applied "
            + node.machine.index
            + ")",
        read);
    acknowledgedIndex = Math.max(acknowledgedIndex, node.machine.index);
    reads++;
    if (isCurrent(attempt)) {
      attempt.operation().answered(sim.nowUs, node.machine.seats[attempt.operation().seat]);
      finish(attempt);
    }
    return true;
  }

  /** At the end of a run. */
  void check(long lastIndex) {
    SimFailure.check(acknowledgedIndex <= lastIndex, "nothing acknowledged is lost", this);
    history.check();
  }

  private void end(Attempt attempt) {
    if (attempt != null && isCurrent(attempt)) {
      finish(attempt);
    }
  }

  private void finish(Attempt attempt) {
    current[attempt.client()] = null;
    sim.schedule(
        1 + (long) (random.nextDouble() * 2 * load.thinkMeanUs()),
        new Event.Turn(attempt.client()));
  }

  private Attempt find(SimNode node, long id) {
    for (Attempt attempt : current) {
      if (attempt != null && attempt.id() == id && attempt.life() == node.life) {
        return attempt;
      }
    }
    return null;
  }

  private boolean isCurrent(Attempt attempt) {
    Attempt now = current[attempt.client()];
    return now != null && now.id() == attempt.id();
  }

  /** Mostly one that leads as far as it knows, sometimes any. */
  private SimNode choose() {
    int start = random.nextInt(sim.nodes.length);
    if (random.nextInt(4) != 0) {
      for (int i = 0; i < sim.nodes.length; i++) {
        SimNode node = sim.nodes[(start + i) % sim.nodes.length];
        if (node.up && node.engine.role() == Role.LEADER) {
          return node;
        }
      }
    }
    return sim.nodes[start];
  }

  @Override
  public String toString() {
    return "writes=" + writes + " reads=" + reads + " acknowledged index=" + acknowledgedIndex;
  }
}
