package dev.usher.sim;

import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import java.util.Arrays;

/**
 * The second half of a run: all is healed, and the cluster must serve and become of one mind within
 * a bound. With one small entry under way at a time a long log takes long to catch up with, so who
 * gets on has more time; but not for ever.
 */
final class Convergence {
  private static final long WITHIN_US = 10_000_000;
  private static final long AT_MOST_US = 60_000_000;
  private static final int WRITES = 5;

  private final SimNode[] nodes;
  private final Clients clients;
  private long deadlineUs = Long.MAX_VALUE;
  private long endUs;
  private long appliedBefore;
  private long writesBefore;

  Convergence(SimNode[] nodes, Clients clients) {
    this.nodes = nodes;
    this.clients = clients;
  }

  void begin(long nowUs) {
    deadlineUs = nowUs + WITHIN_US;
    endUs = nowUs + AT_MOST_US;
    writesBefore = clients.writes;
  }

  /** First the clients are served, then they stop, then all members become equal. */
  boolean isReached(long nowUs) {
    if (deadlineUs == Long.MAX_VALUE) {
      return false;
    }
    if (nowUs >= deadlineUs) {
      SimFailure.check(
          clients.stopped && nowUs < endUs && hasGotOn(),
          "a healed cluster serves and converges within 10 s",
          clients);
      deadlineUs = nowUs + WITHIN_US;
    }
    if (!clients.stopped) {
      clients.stopped = clients.writes >= writesBefore + WRITES;
      appliedBefore = applied();
      return false;
    }
    for (SimNode leader : nodes) {
      if (leader.up && leader.engine.role() == Role.LEADER) {
        return isEverybodyLike(leader);
      }
    }
    return false;
  }

  /** More is applied than when it was looked last. */
  private boolean hasGotOn() {
    long before = appliedBefore;
    appliedBefore = applied();
    return appliedBefore > before;
  }

  private long applied() {
    return Arrays.stream(nodes).mapToLong(node -> node.machine.index).sum();
  }

  /** Everybody whom the leader counts as a member has, and has applied, what it has. */
  private boolean isEverybodyLike(SimNode leader) {
    long last = leader.view.lastIndex();
    for (NodeId member : leader.engine.configuration().members().keySet()) {
      SimNode node = nodes[Simulation.numberOf(member)];
      if (!node.up
          || node.view.lastIndex() != last
          || node.seenCommit != last
          || node.machine.index != last
          || node.disk.damagedUntil.isPresent()) {
        return false;
      }
    }
    clients.check(last);
    return true;
  }
}
