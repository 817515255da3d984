package dev.usher.sim;

import dev.usher.raft.Configuration;
import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Members that come and go, and disks that lose what they held. No more than the promise covers:
 * one disk at a time is damaged or gone, of a group of three or more, and while it is nobody else
 * is removed.
 */
final class Churn {
  private final Simulation sim;
  private final RandomGenerator random;
  private long nextId = 1;

  Churn(Simulation sim, RandomGenerator random) {
    this.sim = sim;
    this.random = random;
  }

  /** Asks some leader for a change. */
  boolean change() {
    for (SimNode node : sim.nodes) {
      if (node.up && node.pausedUntilUs <= sim.nowUs && node.engine.role() == Role.LEADER) {
        ask(node, draw(node));
        return false; // counted when it is done
      }
    }
    return false;
  }

  /** A disk that is gone is replaced: an operator's work, until it is done. */
  void repair() {
    for (SimNode leader : sim.nodes) {
      if (leader.up && leader.pausedUntilUs <= sim.nowUs && leader.engine.role() == Role.LEADER) {
        for (NodeId member : leader.engine.configuration().members().keySet()) {
          if (isDead(leader.engine.configuration(), member)) {
            ask(leader, new MembershipChange.Remove(member));
            return;
          }
        }
      }
    }
  }

  private void ask(SimNode leader, MembershipChange change) {
    sim.step(leader, new Input.ChangeMembership(nextId++, change));
  }

  private MembershipChange draw(SimNode leader) {
    Configuration now = leader.engine.configuration();
    for (NodeId member : now.members().keySet()) {
      if (isDead(now, member)) {
        return new MembershipChange.Remove(member);
      }
    }
    SimNode any = sim.nodes[random.nextInt(sim.nodes.length)];
    if (!now.isMember(any.id)) {
      return new MembershipChange.AddLearner(
          any.id, new Configuration.Identity(any.directory(), ""));
    }
    if (now.learners().contains(any.id) && random.nextInt(4) != 0) {
      return new MembershipChange.Promote(any.id);
    }
    boolean mayRemove = !isAnyDamaged() && now.voters().size() > 2;
    return mayRemove || now.learners().contains(any.id)
        ? new MembershipChange.Remove(any.id)
        : new MembershipChange.Promote(any.id);
  }

  /** The end of a durable log is lost, but for the knowledge that it was there. */
  boolean damage(SimNode node) {
    boolean happens =
        mayLose(node)
            && node.disk.log.snapshotIndex() < node.disk.log.lastIndex()
            && node.disk.damagedUntil.isEmpty();
    if (happens) {
      sim.faults().crash(node);
      return node.disk.damage(random);
    }
    return false;
  }

  boolean wipe(SimNode node) {
    boolean happens = mayLose(node);
    if (happens) {
      sim.faults().crash(node);
      node.wipe();
    }
    return happens;
  }

  /**
   * Everybody agrees on the members, at least three, for good: where that is not committed it may
   * be taken back. And no other disk has lost anything. Whether the disks have names yet does not
   * matter: the new one says that it is a joiner's.
   */
  private boolean mayLose(SimNode victim) {
    if (!victim.up || isAnyDamaged()) {
      return false;
    }
    Configuration agreed = victim.engine.configuration();
    List<SimNode> members = new ArrayList<>();
    for (SimNode node : sim.nodes) {
      if (agreed.isMember(node.id)) {
        members.add(node);
      }
    }
    return !agreed.isJoint()
        && agreed.voters().size() >= 3
        && members.stream()
            .allMatch(
                node ->
                    node.up
                        && node.engine.configuration().equals(agreed)
                        && node.view.configuration().map(Entry::index).orElse(0L) <= node.seenCommit
                        && !isDead(agreed, node.id));
  }

  private boolean isAnyDamaged() {
    for (SimNode node : sim.nodes) {
      if (node.disk.damagedUntil.isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean isDead(Configuration configuration, NodeId node) {
    return !configuration.recognizes(node, sim.nodes[Simulation.numberOf(node)].directory());
  }
}
