package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A whole cluster in one thread, from one seed. First everything may go wrong and nothing unsafe
 * may happen; then all is healed, and the cluster must serve and converge within a bound.
 */
final class Simulation {
  private static final long TICK_US = 5_000;
  private static final long CONVERGE_WITHIN_US = 10_000_000;
  private static final long REPAIR_EVERY_US = 500_000;
  private static final int WRITES_AFTER_HEALING = 5;

  /** What the leases allow for; more than two clocks of a run drift apart. */
  static final int DRIFT_PERCENT = 15;

  /** What one run came to. */
  record Result(
      long seed,
      long steps,
      long hash,
      int elections,
      int committed,
      long reads,
      int snapshots,
      int installs,
      int changes,
      int losses) {}

  private final long seed;
  private final Parameters parameters;
  private final RandomGenerator random;
  private final Agenda agenda = new Agenda();
  private final Faults faults;
  private final Clients clients;
  private final Safety safety;
  private final Observer observer;
  private final SnapshotShell snapshots;
  private final NodeShell shell;
  final SimNode[] nodes;
  final Network network;
  final Trace trace = new Trace();
  long nowUs;
  private long steps;
  private boolean healed;
  private long writesWhenHealed;

  private Simulation(
      long seed, UnaryOperator<Parameters> change, Mutant mutant, Observer observer) {
    this.seed = seed;
    this.observer = observer;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    parameters = change.apply(Parameters.draw(random));
    nodes = new SimNode[parameters.all()];
    SortedSet<NodeId> voters = new TreeSet<>();
    for (int i = 1; i <= parameters.nodes(); i++) {
      voters.add(new NodeId("n" + i));
    }
    for (int number = 0; number < nodes.length; number++) {
      NodeId id = new NodeId("n" + (number + 1));
      double rate = 1 + (random.nextDouble() * 2 - 1) * parameters.drift();
      SortedSet<NodeId> known = voters.contains(id) ? voters : new TreeSet<>();
      nodes[number] = new SimNode(number, config(id, known), mutant, rate, seed);
    }
    network = new Network(parameters, random);
    faults = new Faults(this, random, parameters.faultWeights());
    clients = new Clients(this, random, parameters);
    safety = new Safety(nodes);
    snapshots = new SnapshotShell(this, safety, random, parameters.diskMeanUs());
    shell =
        new NodeShell(
            this, new NodeShell.Parts(parameters, random, clients, safety, snapshots), mutant);
  }

  Faults faults() {
    return faults;
  }

  /** Runs a seed to its end. */
  static Result run(long seed) {
    return run(seed, Mutant.NONE);
  }

  static Result run(long seed, Mutant mutant) {
    return run(seed, UnaryOperator.identity(), mutant, Observer.NOBODY);
  }

  /**
   * @param change what is to be different from the parameters that the seed draws
   * @throws SimFailure with seed and trace when a promise is broken
   */
  static Result run(long seed, UnaryOperator<Parameters> change, Mutant mutant, Observer observer) {
    Simulation simulation = new Simulation(seed, change, mutant, observer);
    try {
      return simulation.run();
    } catch (RuntimeException e) {
      throw new SimFailure(
          "seed %d, step %d: %s%nreproduce: %s%n%s%n%s"
              .formatted(
                  seed,
                  simulation.steps,
                  e.getMessage(),
                  simulation.reproduction(),
                  simulation.parameters,
                  simulation.trace.tail()),
          e);
    }
  }

  private String reproduction() {
    return parameters.equals(Parameters.of(seed))
        ? "dev.usher.sim.Hunt " + seed + " 1"
        : "with parameters that are not the seed's own: Observer.observe";
  }

  private RaftConfig config(NodeId id, SortedSet<NodeId> voters) {
    RaftConfig config =
        new RaftConfig(
                id,
                voters,
                50,
                150,
                300,
                parameters.maxInFlightProposals(),
                4096,
                parameters.maxAppendEntries(),
                parameters.maxAppendBytes(),
                parameters.maxInFlightAppends())
            .withSnapshots(
                new RaftConfig.Snapshots(
                    parameters.snapshotEveryBytes(),
                    parameters.keepEntries(),
                    parameters.chunkBytes()));
    return parameters.lease() ? config.withLease(DRIFT_PERCENT) : config;
  }

  private Result run() {
    for (SimNode node : nodes) {
      schedule(random.nextLong(TICK_US), new Event.Tick(node.number, 0));
    }
    for (int client = 0; client < parameters.clients(); client++) {
      schedule(random.nextLong(500_000), new Event.Turn(client));
    }
    schedule(random.nextLong(1_000_000), new Event.Strike());
    schedule(parameters.faultyUs(), new Event.HealAll());
    while (!isDone()) {
      Event next = agenda.next();
      nowUs = agenda.nowUs();
      handle(next);
    }
    return new Result(
        seed,
        steps,
        trace.hash(),
        safety.elections(),
        safety.committed.size(),
        clients.reads,
        snapshots.taken,
        snapshots.installed,
        faults.churn.changes,
        faults.churn.losses);
  }

  void schedule(long delayUs, Event event) {
    agenda.add(nowUs + delayUs, event);
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Tick tick -> {
        SimNode node = nodes[tick.node()];
        if (node.life == tick.life()) {
          schedule(TICK_US, tick);
          if (node.pausedUntilUs <= nowUs) {
            step(node, new Input.Tick());
          }
        }
      }
      case Event.Deliver deliver ->
          step(
              nodes[deliver.to()],
              new Input.Received(deliver.from(), deliver.directory(), deliver.message()));
      case Event.DiskDone done -> shell.diskDone(nodes[done.node()], done);
      case Event.Late late -> {
        if (nodes[late.node()].life == late.life()) {
          step(nodes[late.node()], late.input());
        }
      }
      case Event.FileDone done -> {
        if (nodes[done.node()].life == done.life()) {
          snapshots.done(nodes[done.node()], done);
        }
      }
      case Event.Install install -> {
        if (nodes[install.node()].life == install.life()) {
          snapshots.installed(nodes[install.node()], install.snapshot());
        }
      }
      case Event.Crash crash -> {
        if (nodes[crash.node()].life == crash.life()) {
          faults.crash(nodes[crash.node()]);
        }
      }
      case Event.Silence silence -> {
        if (!healed) {
          faults.silence(nodes[silence.node()]);
        }
      }
      case Event.Repair repair -> {
        faults.churn.repair();
        schedule(REPAIR_EVERY_US, repair);
      }
      case Event.Restart restart -> restart(nodes[restart.node()], restart.life());
      case Event.Turn turn -> clients.turn(turn.client());
      case Event.GiveUp giveUp -> clients.giveUp(giveUp.client(), giveUp.attempt());
      case Event.Strike strike -> {
        if (!healed) {
          faults.strike();
          schedule(1 + random.nextLong(2 * parameters.faultMeanUs()), strike);
        }
      }
      case Event.HealAll ignored -> healAll();
    }
  }

  /** One input to one node, if it is there to take it, and everything that comes of it. */
  void step(SimNode node, Input input) {
    if (!node.up) {
      return;
    }
    if (node.pausedUntilUs > nowUs) {
      schedule(node.pausedUntilUs - nowUs, new Event.Late(node.number, node.life, input));
      return;
    }
    steps++;
    List<Output> outputs = node.engine.step(node.now(nowUs), input);
    trace.step(nowUs, node.number, input, outputs);
    for (Output output : outputs) {
      if (output instanceof Output.Persist persist) {
        shell.persist(node, persist, healed);
      }
    }
    Status status = node.engine.status();
    observer.stepped(node.id, input, outputs, status);
    safety.status(node, status);
    for (Output output : outputs) {
      shell.carryOut(node, output);
    }
  }

  void crash(SimNode node) {
    trace.note(nowUs, node.number, "crash");
    node.crash(random);
  }

  private void restart(SimNode node, int life) {
    if (!node.up && node.life == life) {
      trace.note(nowUs, node.number, "restart");
      node.restart(nowUs);
      observer.restarted(node.id, node.diskState, node.diskLog.afterSnapshot());
      schedule(random.nextLong(TICK_US), new Event.Tick(node.number, node.life));
    }
  }

  private void healAll() {
    trace.note(nowUs, 0, "everything is healed");
    healed = true;
    writesWhenHealed = clients.writes;
    network.healForGood();
    schedule(REPAIR_EVERY_US, new Event.Repair());
    for (SimNode node : nodes) {
      node.pausedUntilUs = Math.min(node.pausedUntilUs, nowUs);
      restart(node, node.life);
    }
  }

  private boolean isDone() {
    if (!healed) {
      return false;
    }
    SimFailure.check(
        nowUs < parameters.faultyUs() + CONVERGE_WITHIN_US,
        "a healed cluster serves and converges within 10 s",
        clients);
    if (!clients.stopped) {
      clients.stopped = clients.writes >= writesWhenHealed + WRITES_AFTER_HEALING;
      return false;
    }
    return haveConverged();
  }

  /** Everybody whom the leader counts as a member has, and has applied, what it has. */
  private boolean haveConverged() {
    for (SimNode leader : nodes) {
      if (leader.up && leader.engine.role() == Role.LEADER) {
        long last = leader.view.lastIndex();
        for (NodeId member : leader.engine.configuration().members().keySet()) {
          SimNode node = nodes[numberOf(member)];
          if (!node.up
              || node.view.lastIndex() != last
              || node.seenCommit != last
              || node.machine.index != last
              || node.damagedUntil.isPresent()) {
            return false;
          }
        }
        clients.check(last);
        return true;
      }
    }
    return false;
  }

  static int numberOf(NodeId id) {
    return id.value().charAt(1) - '1';
  }
}
