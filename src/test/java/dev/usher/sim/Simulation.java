package dev.usher.sim;

import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
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
  private static final long CONVERGE_WITHIN_US = 10_000_000;
  private static final int WRITES_AFTER_HEALING = 5;

  /** What one run came to. */
  record Result(long seed, long steps, long hash, int elections, int committed, long reads) {}

  private final long seed;
  private final Parameters parameters;
  private final RandomGenerator random;
  private final Agenda agenda = new Agenda();
  private final Faults faults;
  private final Clients clients;
  private final Safety safety;
  private final Observer observer;
  final SimNode[] nodes;
  final Network network;
  final Trace trace = new Trace();
  long nowUs;
  private long steps;
  private boolean healed;
  private long writesWhenHealed;

  private Simulation(long seed, Mutant mutant, Observer observer) {
    this.seed = seed;
    this.observer = observer;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    parameters = Parameters.draw(random);
    nodes = new SimNode[parameters.nodes()];
    SortedSet<NodeId> voters = new TreeSet<>();
    for (int i = 1; i <= nodes.length; i++) {
      voters.add(new NodeId("n" + i));
    }
    for (NodeId id : voters) {
      int number = numberOf(id);
      double rate = 1 + (random.nextDouble() * 2 - 1) * parameters.drift();
      nodes[number] = new SimNode(number, config(id, voters), mutant, rate, seed);
    }
    network = new Network(parameters, random);
    faults = new Faults(this, random, parameters.faultWeights());
    clients = new Clients(this, random, parameters);
    safety = new Safety(nodes);
  }

  /** Runs a seed to its end. */
  static Result run(long seed) {
    return run(seed, Mutant.NONE);
  }

  static Result run(long seed, Mutant mutant) {
    return run(seed, mutant, Observer.NOBODY);
  }

  /**
   * @throws SimFailure with seed and trace when a promise is broken
   */
  static Result run(long seed, Mutant mutant, Observer observer) {
    Simulation simulation = new Simulation(seed, mutant, observer);
    try {
      return simulation.run();
    } catch (RuntimeException e) {
      throw new SimFailure(
          "seed %d, step %d: %s%nreproduce: dev.usher.sim.Hunt %d 1%n%s%n%s"
              .formatted(
                  seed,
                  simulation.steps,
                  e.getMessage(),
                  seed,
                  simulation.parameters,
                  simulation.trace.tail()),
          e);
    }
  }

  private RaftConfig config(NodeId id, SortedSet<NodeId> voters) {
    return new RaftConfig(
        id,
        voters,
        50,
        150,
        300,
        parameters.maxInFlightProposals(),
        4096,
        parameters.maxAppendEntries(),
        parameters.maxAppendBytes(),
        parameters.maxInFlightAppends());
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
        seed, steps, trace.hash(), safety.elections(), safety.committed.size(), clients.reads);
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
          step(nodes[deliver.to()], new Input.Received(deliver.from(), deliver.message()));
      case Event.DiskDone done -> diskDone(nodes[done.node()], done);
      case Event.Late late -> {
        if (nodes[late.node()].life == late.life()) {
          step(nodes[late.node()], late.input());
        }
      }
      case Event.Restart restart -> restart(nodes[restart.node()], restart.life());
      case Event.Turn turn -> clients.turn(turn.client());
      case Event.GiveUp giveUp -> clients.giveUp(giveUp.client(), giveUp.id());
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
        persist(node, persist);
      }
    }
    Status status = node.engine.status();
    observer.stepped(node.id, input, outputs, status);
    safety.status(node, status);
    for (Output output : outputs) {
      interpret(node, output);
    }
  }

  private void interpret(SimNode node, Output output) {
    switch (output) {
      case Output.Persist ignored -> {}
      case Output.Send send -> send(node, send);
      case Output.Apply apply -> {
        for (Entry entry : apply.entries()) {
          safety.applied(node, entry);
          node.appliedIndex = entry.index();
          clients.applied(node, entry);
        }
        clients.serveReads(node);
      }
      case Output.ProposalAccepted accepted -> clients.accepted(node, accepted);
      case Output.ProposalRejected rejected -> clients.rejected(node, rejected);
      case Output.ReadReady ready -> clients.readReady(node, ready);
      case Output.ReadRejected rejected -> clients.readRejected(node, rejected);
      case Output.StateChanged changed -> safety.changed(node, changed);
      case Output.TransferAborted ignored -> {}
    }
  }

  private void send(SimNode node, Output.Send send) {
    safety.sent(node, send.to(), send.message());
    int to = numberOf(send.to());
    for (int copies = network.isRepeated() ? 2 : 1; copies > 0; copies--) {
      long delayUs = network.delayUs();
      if (delayUs != Network.LOST && !network.isCut(node.number, to)) {
        schedule(delayUs, new Event.Deliver(node.id, to, send.message()));
      }
    }
  }

  private void persist(SimNode node, Output.Persist write) {
    safety.asked(node, write);
    node.asked(write);
    double meanUs = healed ? Math.min(1_000, parameters.diskMeanUs()) : parameters.diskMeanUs();
    long start = Math.max(nowUs, Math.max(node.diskBusyUntilUs, node.diskHangsUntilUs));
    long doneUs = start + 1 + (long) (-Math.log(1 - random.nextDouble()) * meanUs);
    node.diskBusyUntilUs = doneUs;
    schedule(doneUs - nowUs, new Event.DiskDone(node.number, node.life, write.sequence()));
  }

  /** A write is done, and sometimes all that queued behind it in the same fsync. */
  private void diskDone(SimNode node, Event.DiskDone done) {
    if (node.life != done.life()
        || node.writing.isEmpty()
        || node.writing.getFirst().sequence() > done.sequence()) {
      return;
    }
    long last = random.nextInt(4) == 0 ? Long.MAX_VALUE : done.sequence();
    long sequence = 0;
    while (!node.writing.isEmpty() && node.writing.getFirst().sequence() <= last) {
      sequence = node.writing.getFirst().sequence();
      node.writeNext();
    }
    step(node, new Input.Persisted(sequence));
  }

  void crash(SimNode node) {
    trace.note(nowUs, node.number, "crash");
    node.crash(random);
    node.diskBusyUntilUs = 0;
    node.diskHangsUntilUs = 0;
  }

  private void restart(SimNode node, int life) {
    if (!node.up && node.life == life) {
      trace.note(nowUs, node.number, "restart");
      node.restart(nowUs);
      observer.restarted(node.id, node.diskState, node.diskLog);
      schedule(random.nextLong(TICK_US), new Event.Tick(node.number, node.life));
    }
  }

  private void healAll() {
    trace.note(nowUs, 0, "everything is healed");
    healed = true;
    writesWhenHealed = clients.writes;
    network.healForGood();
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
    int last = nodes[0].view.size();
    for (SimNode node : nodes) {
      if (node.view.size() != last || node.seenCommit != last || node.appliedIndex != last) {
        return false;
      }
    }
    SimFailure.check(clients.acknowledgedIndex() <= last, "nothing acknowledged is lost", clients);
    return true;
  }

  static int numberOf(NodeId id) {
    return id.value().charAt(1) - '1';
  }
}
