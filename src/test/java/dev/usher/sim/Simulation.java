package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Status;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A whole cluster in one thread, from one seed. First everything may go wrong and nothing unsafe
 * may happen; then all is healed, and the cluster must serve and converge within a bound.
 */
final class Simulation {
  private static final long TICK_US = 5_000;
  static final long REPAIR_EVERY_US = 500_000;

  /** What one run came to. */
  record Result(
      long seed,
      int voters,
      long steps,
      int elections,
      int committed,
      long reads,
      Coverage coverage,
      Trace trace) {}

  private final Scenario scenario;
  private final Parameters parameters;
  private final RandomGenerator random;
  private final Agenda agenda = new Agenda();
  private final Coverage coverage = new Coverage();
  private final Faults faults;
  private final Clients clients;
  private final Safety safety;
  private final Observer observer;
  private final SnapshotShell snapshots;
  private final NodeShell shell;
  private final Convergence convergence;
  final SimNode[] nodes;
  final Network network;
  final Trace trace;
  long nowUs;
  private long steps;
  private boolean healed;

  private Simulation(Scenario scenario, Observer observer, Trace trace) {
    this.scenario = scenario;
    this.observer = observer;
    this.trace = trace;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(scenario.seed());
    parameters = scenario.draw(random);
    nodes = new SimNode[parameters.all()];
    SortedSet<NodeId> voters = new TreeSet<>();
    for (int i = 1; i <= parameters.nodes(); i++) {
      voters.add(new NodeId("n" + i));
    }
    for (int number = 0; number < nodes.length; number++) {
      NodeId id = new NodeId("n" + (number + 1));
      double rate = 1 + (random.nextDouble() * 2 - 1) * parameters.drift();
      if (rate != 1) {
        coverage.saw(FaultKind.DRIFT);
      }
      SortedSet<NodeId> known = voters.contains(id) ? voters : new TreeSet<>();
      nodes[number] =
          new SimNode(
              number,
              parameters.config(id, known),
              scenario.mutant(),
              rate,
              scenario.seed(),
              scenario.segmentBytes());
    }
    network = new Network(parameters, random, coverage);
    faults = new Faults(this, random, parameters.faultWeights(), coverage);
    clients = new Clients(this, random, parameters.load());
    convergence = new Convergence(nodes, clients);
    safety = new Safety(nodes);
    snapshots = new SnapshotShell(this, safety, random, parameters.diskMeanUs(), coverage);
    shell =
        new NodeShell(
            this,
            new NodeShell.Parts(parameters, random, clients, safety, snapshots, coverage),
            scenario.mutant());
  }

  Faults faults() {
    return faults;
  }

  /**
   * Runs a scenario to its end.
   *
   * @throws SimFailure with all that is needed to see it again when a promise is broken
   */
  static Result run(Scenario scenario) {
    return run(scenario, Observer.NOBODY);
  }

  static Result run(Scenario scenario, Observer observer) {
    return run(scenario, observer, Trace.TAIL);
  }

  /**
   * @param traceLines how many of the last steps a failure can tell of
   */
  static Result run(Scenario scenario, Observer observer, int traceLines) {
    Trace trace = new Trace(traceLines);
    Simulation simulation = new Simulation(scenario, observer, trace);
    try (QuietLog quiet = new QuietLog()) {
      return simulation.run();
    } catch (RuntimeException e) {
      throw new SimFailure(
          new SimFailure.Place(scenario.command(), simulation.steps, simulation.parameters, trace),
          e);
    }
  }

  private Result run() {
    for (SimNode node : nodes) {
      schedule(random.nextLong(TICK_US), new Event.Tick(node.number, 0));
    }
    for (int client = 0; client < parameters.load().clients(); client++) {
      schedule(random.nextLong(500_000), new Event.Turn(client));
    }
    schedule(random.nextLong(1_000_000), new Event.Strike());
    schedule(parameters.faultyUs(), new Event.HealAll());
    while (!convergence.isReached(nowUs)) {
      Event next = agenda.next();
      nowUs = agenda.nowUs();
      handle(next);
    }
    return new Result(
        scenario.seed(),
        parameters.nodes(),
        steps,
        safety.elections(),
        safety.committed.size(),
        clients.reads,
        coverage,
        trace);
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
    if (node.crash(random)) {
      coverage.saw(FaultKind.TORN);
    }
  }

  private void restart(SimNode node, int life) {
    if (!node.up && node.life == life) {
      trace.note(nowUs, node.number, "restart");
      node.restart(nowUs);
      observer.restarted(node.id, node.disk.state, node.disk.log.afterSnapshot());
      schedule(random.nextLong(TICK_US), new Event.Tick(node.number, node.life));
    }
  }

  private void healAll() {
    trace.note(nowUs, 0, "everything is healed");
    healed = true;
    convergence.begin(nowUs);
    network.healForGood();
    schedule(REPAIR_EVERY_US, new Event.Repair());
    for (SimNode node : nodes) {
      node.pausedUntilUs = Math.min(node.pausedUntilUs, nowUs);
      restart(node, node.life);
    }
  }

  static int numberOf(NodeId id) {
    return id.value().charAt(1) - '1';
  }
}
