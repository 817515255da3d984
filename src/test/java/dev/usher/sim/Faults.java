package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.Role;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What goes wrong, and when it is put right again. */
final class Faults {
  private final Simulation sim;
  private final RandomGenerator random;
  private final Map<FaultKind, Integer> weights;
  private final Coverage coverage;
  final Churn churn;

  Faults(
      Simulation sim, RandomGenerator random, Map<FaultKind, Integer> weights, Coverage coverage) {
    this.sim = sim;
    this.random = random;
    this.weights = weights;
    this.coverage = coverage;
    churn = new Churn(sim, random);
  }

  void strike() {
    SimNode victim = sim.nodes[random.nextInt(sim.nodes.length)];
    FaultKind kind = draw();
    sim.trace.note(sim.nowUs, victim.number, kind.name());
    if (happens(kind, victim)) {
      coverage.saw(kind);
    }
  }

  /** False when it does not apply: a node that is down cannot crash. */
  private boolean happens(FaultKind kind, SimNode victim) {
    return switch (kind) {
      case CRASH -> crash(victim);
      case CRASH_ALL -> crashAll();
      case PAUSE -> pause(victim);
      case ISOLATE -> isolate(victim);
      case ISOLATE_LEADER -> isolate(leaderOr(victim));
      case LATE_LEADER -> deafen(leaderOr(victim));
      case SPLIT -> split();
      case ONE_WAY -> cutOneWay(victim);
      case HEAL_LINKS -> healLinks();
      case DISK_HANG -> hangDisk(victim);
      case CLOCK_JUMP -> jump(victim);
      case TRANSFER -> transfer();
      case SNAPSHOT -> snapshot(victim);
      case DISK_FAIL -> failDisk(victim);
      case MEMBERS -> churn.change();
      case DAMAGE -> churn.damage(victim);
      case WIPE -> churn.wipe(victim);
      case LOSS, DUPLICATION, STRAGGLER, DRIFT, INSTALL, TORN ->
          throw new IllegalStateException(kind + " does not strike");
    };
  }

  private FaultKind draw() {
    int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    int ticket = sum == 0 ? 0 : random.nextInt(sum);
    for (Map.Entry<FaultKind, Integer> entry : weights.entrySet()) {
      ticket -= entry.getValue();
      if (ticket < 0) {
        return entry.getKey();
      }
    }
    return FaultKind.HEAL_LINKS;
  }

  private boolean crashAll() {
    for (SimNode node : sim.nodes) {
      crash(node);
    }
    return true;
  }

  private boolean pause(SimNode node) {
    node.pausedUntilUs = sim.nowUs + random.nextLong(10_000, 1_000_000);
    return node.up;
  }

  private boolean deafen(SimNode leader) {
    sim.network.slow(leader.number, random.nextLong(100_000, 500_000));
    sim.schedule(random.nextLong(20_000, 150_000), new Event.Silence(leader.number));
    return true;
  }

  private boolean cutOneWay(SimNode node) {
    sim.network.cut(node.number, random.nextInt(sim.nodes.length));
    return true;
  }

  private boolean healLinks() {
    sim.network.healLinks();
    return true;
  }

  private boolean hangDisk(SimNode node) {
    node.disk.hangsUntilUs = sim.nowUs + random.nextLong(10_000, 1_500_000);
    return node.up;
  }

  private boolean jump(SimNode node) {
    node.wallSkewMs += random.nextLong(-60_000, 60_000);
    return true;
  }

  private boolean snapshot(SimNode node) {
    sim.step(node, new Input.TakeSnapshot());
    return false; // counted when one is taken
  }

  /** Nothing is written any more; the process ends soon, as the shell's does. */
  private boolean failDisk(SimNode node) {
    if (!node.up) {
      return false;
    }
    node.disk.fail();
    sim.step(node, new Input.DiskFailed());
    sim.schedule(random.nextLong(1, 200_000), new Event.Crash(node.number, node.life));
    return true;
  }

  boolean crash(SimNode node) {
    if (!node.up) {
      return false;
    }
    sim.crash(node);
    sim.schedule(restartDelayUs(), new Event.Restart(node.number, node.life));
    return true;
  }

  /**
   * Evenly over the orders of magnitude from 1 ms to 2 s: quick restarts find the term unchanged.
   */
  private long restartDelayUs() {
    return (long) (1_000 * Math.pow(2_000, random.nextDouble()));
  }

  private boolean isolate(SimNode node) {
    for (SimNode other : sim.nodes) {
      sim.network.cut(node.number, other.number);
      sim.network.cut(other.number, node.number);
    }
    return sim.nodes.length > 1;
  }

  void silence(SimNode node) {
    for (SimNode other : sim.nodes) {
      sim.network.cut(node.number, other.number);
    }
  }

  private boolean split() {
    int sides = random.nextInt(1 << sim.nodes.length);
    for (SimNode from : sim.nodes) {
      for (SimNode to : sim.nodes) {
        if (((sides >> from.number) & 1) != ((sides >> to.number) & 1)) {
          sim.network.cut(from.number, to.number);
        }
      }
    }
    return true;
  }

  private boolean transfer() {
    SimNode target = sim.nodes[random.nextInt(sim.nodes.length)];
    Input request =
        new Input.TransferLeadership(
            random.nextBoolean() ? Optional.empty() : Optional.of(target.id));
    SimNode leader = leaderOr(target);
    sim.step(leader, request);
    if (random.nextInt(3) == 0) {
      // The old leader is the last to hear of the new one: its lease must have ended by itself.
      sim.network.slow(leader.number, random.nextLong(50_000, 300_000));
    }
    return leader.up && leader.engine.role() == Role.LEADER;
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
