package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.Role;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What goes wrong, and when it is put right again. */
final class Faults {
  enum Kind {
    CRASH,
    CRASH_ALL,
    PAUSE,
    ISOLATE,
    ISOLATE_LEADER,
    /** Hears late and is then heard no more: answers of long ago keep it in its belief. */
    LATE_LEADER,
    SPLIT,
    ONE_WAY,
    HEAL_LINKS,
    DISK_HANG,
    CLOCK_JUMP,
    TRANSFER,
    SNAPSHOT,
    DISK_FAIL,
    MEMBERS,
    DAMAGE,
    WIPE
  }

  private final Simulation sim;
  private final RandomGenerator random;
  private final Map<Kind, Integer> weights;
  final Churn churn;

  Faults(Simulation sim, RandomGenerator random, Map<Kind, Integer> weights) {
    this.sim = sim;
    this.random = random;
    this.weights = weights;
    churn = new Churn(sim, random);
  }

  void strike() {
    SimNode victim = sim.nodes[random.nextInt(sim.nodes.length)];
    Kind kind = draw();
    sim.trace.note(sim.nowUs, victim.number, kind.name());
    switch (kind) {
      case CRASH -> crash(victim);
      case CRASH_ALL -> {
        for (SimNode node : sim.nodes) {
          crash(node);
        }
      }
      case PAUSE -> victim.pausedUntilUs = sim.nowUs + random.nextLong(10_000, 1_000_000);
      case ISOLATE -> isolate(victim);
      case ISOLATE_LEADER -> isolate(leaderOr(victim));
      case LATE_LEADER -> {
        SimNode leader = leaderOr(victim);
        sim.network.slow(leader.number, random.nextLong(100_000, 500_000));
        sim.schedule(random.nextLong(20_000, 150_000), new Event.Silence(leader.number));
      }
      case SPLIT -> split();
      case ONE_WAY -> sim.network.cut(victim.number, random.nextInt(sim.nodes.length));
      case HEAL_LINKS -> sim.network.healLinks();
      case DISK_HANG -> victim.diskHangsUntilUs = sim.nowUs + random.nextLong(10_000, 1_500_000);
      case CLOCK_JUMP -> victim.wallSkewMs += random.nextLong(-60_000, 60_000);
      case TRANSFER -> transfer();
      case SNAPSHOT -> sim.step(victim, new Input.TakeSnapshot());
      case DISK_FAIL -> failDisk(victim);
      case MEMBERS -> churn.change();
      case DAMAGE -> churn.damage(victim);
      case WIPE -> churn.wipe(victim);
    }
  }

  private Kind draw() {
    int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    int ticket = random.nextInt(sum);
    for (Map.Entry<Kind, Integer> entry : weights.entrySet()) {
      ticket -= entry.getValue();
      if (ticket < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("weights changed while drawing");
  }

  /** Nothing is written any more; the process ends soon, as the shell's does. */
  private void failDisk(SimNode node) {
    if (node.up) {
      node.diskFailed = true;
      sim.step(node, new Input.DiskFailed());
      sim.schedule(random.nextLong(1, 200_000), new Event.Crash(node.number, node.life));
    }
  }

  void crash(SimNode node) {
    if (node.up) {
      sim.crash(node);
      sim.schedule(restartDelayUs(), new Event.Restart(node.number, node.life));
    }
  }

  /**
   * Evenly over the orders of magnitude from 1 ms to 2 s: quick restarts find the term unchanged.
   */
  private long restartDelayUs() {
    return (long) (1_000 * Math.pow(2_000, random.nextDouble()));
  }

  private void isolate(SimNode node) {
    for (SimNode other : sim.nodes) {
      sim.network.cut(node.number, other.number);
      sim.network.cut(other.number, node.number);
    }
  }

  void silence(SimNode node) {
    for (SimNode other : sim.nodes) {
      sim.network.cut(node.number, other.number);
    }
  }

  private void split() {
    int sides = random.nextInt(1 << sim.nodes.length);
    for (SimNode from : sim.nodes) {
      for (SimNode to : sim.nodes) {
        if (((sides >> from.number) & 1) != ((sides >> to.number) & 1)) {
          sim.network.cut(from.number, to.number);
        }
      }
    }
  }

  private void transfer() {
    SimNode target = sim.nodes[random.nextInt(sim.nodes.length)];
    Input request =
        new Input.TransferLeadership(
            random.nextBoolean() ? Optional.empty() : Optional.of(target.id));
    sim.step(leaderOr(target), request);
  }

  private SimNode leaderOr(SimNode otherwise) {
    for (SimNode node : sim.nodes) {
      if (node.up && node.engine.role() == Role.LEADER) {
        return node;
      }
    }
    return otherwise;
  }
}
