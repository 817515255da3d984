package dev.usher.raft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A few real engines and a network driven by hand: time moves in steps of 5 ms, messages arrive at
 * once and in order, except where a link is cut (one way or both).
 */
final class Cluster {
  private static final long STEP_MS = 5;

  private record Link(NodeId from, NodeId to) {}

  final List<TestNode> nodes = new ArrayList<>();
  private final Set<Link> cut = new HashSet<>();
  private final Set<NodeId> down = new HashSet<>();

  Cluster(int voters) {
    this(voters, number -> Recovered.NOTHING);
  }

  Cluster(int voters, Function<Integer, Recovered> disks) {
    for (int number = 1; number <= voters; number++) {
      nodes.add(new TestNode(TestNode.config(number, voters), disks.apply(number)));
    }
  }

  TestNode node(int number) {
    return nodes.get(number - 1);
  }

  void cutOneWay(int from, int to) {
    cut.add(new Link(TestNode.n(from), TestNode.n(to)));
  }

  void cut(int one, int other) {
    cutOneWay(one, other);
    cutOneWay(other, one);
  }

  void isolate(TestNode node) {
    for (TestNode other : nodes) {
      if (other != node) {
        cut.add(new Link(node.id, other.id));
        cut.add(new Link(other.id, node.id));
      }
    }
  }

  void heal() {
    cut.clear();
  }

  void crash(TestNode node) {
    down.add(node.id);
    node.outbox.clear();
  }

  void restart(TestNode node) {
    down.remove(node.id);
    node.restart();
  }

  /** Delivers until nothing is under way. */
  void settle() {
    for (boolean busy = true; busy; ) {
      busy = false;
      for (TestNode node : nodes) {
        while (!node.outbox.isEmpty()) {
          busy = true;
          deliver(node.id, node.outbox.removeFirst());
        }
      }
    }
  }

  private void deliver(NodeId from, Output.Send send) {
    if (!cut.contains(new Link(from, send.to())) && !down.contains(send.to())) {
      for (TestNode node : nodes) {
        if (node.id.equals(send.to())) {
          node.step(new Input.Received(from, send.message()));
        }
      }
    }
  }

  void run(long ms) {
    for (long done = 0; done < ms; done += STEP_MS) {
      for (TestNode node : nodes) {
        node.nowMs += STEP_MS;
        if (!down.contains(node.id)) {
          node.step(new Input.Tick());
        }
        settle();
      }
    }
  }

  /** Lets time pass until the condition holds, ten seconds at most. */
  void runUntil(String what, BooleanSupplier condition) {
    for (long done = 0; done < 10_000; done += STEP_MS) {
      if (condition.getAsBoolean()) {
        return;
      }
      run(STEP_MS);
    }
    throw new AssertionError("not within 10 s: " + what + "; nodes: " + nodes);
  }

  /** The node that leads in the greatest term, once a majority follows it. */
  TestNode awaitLeader() {
    runUntil("a leader with a majority", () -> leader().isPresent());
    return leader().orElseThrow();
  }

  Optional<TestNode> leader() {
    return nodes.stream()
        .filter(node -> !down.contains(node.id) && node.status().role() == Role.LEADER)
        .filter(
            node ->
                nodes.stream()
                        .filter(other -> !down.contains(other.id))
                        .filter(other -> other.status().term() == node.status().term())
                        .filter(other -> other.status().leader().equals(Optional.of(node.id)))
                        .count()
                    > nodes.size() / 2)
        .findFirst();
  }

  List<TestNode> others(TestNode... but) {
    List<TestNode> rest = new ArrayList<>(nodes);
    rest.removeAll(List.of(but));
    return rest;
  }
}
