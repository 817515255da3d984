package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.Input;
import dev.usher.raft.InvariantViolation;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftCore;
import dev.usher.raft.Recovered;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One group on this node: turns actor messages into inputs of the {@link RaftCore} and its outputs
 * into messages to the disk, the peers, the state machine and those who asked. Decides nothing
 * itself, except when an empty envelope is proposed so that log time moves on.
 */
final class RaftActor extends AbstractBehavior<RaftActor.Command> {
  sealed interface Command
      permits Tick,
          FromPeer,
          Propose,
          ProposeNow,
          Read,
          Transfer,
          Change,
          GetStatus,
          Export,
          Happened,
          LogWriter.Reply,
          StateMachineActor.Installed {}

  enum Tick implements Command {
    NOW
  }

  /**
   * A message of the engine.
   *
   * @param directory the sender's
   */
  record FromPeer(NodeId from, DirectoryId directory, Message message) implements Command {}

  /** The reply is called once, on another thread, unless the group breaks. */
  record Propose(Bytes envelope, Consumer<Fate> reply) implements Command {}

  /** Comes behind all proposals that were in the mailbox with the first one. */
  private enum ProposeNow implements Command {
    NOW
  }

  /** Exactly one of the two is called, here: with the index to wait for, or as ask-again. */
  record Read(LongConsumer ready, Runnable rejected) implements Command {}

  record Transfer(Optional<NodeId> target, Consumer<TransferResult> reply) implements Command {}

  record Change(MembershipChange change, Consumer<MembershipChange.Outcome> reply)
      implements Command {}

  /** Something that only the engine understands. */
  record Happened(Input input) implements Command {}

  record GetStatus(Consumer<GroupStatus> reply) implements Command {}

  /** The state of this node, to be kept elsewhere; nothing while it has none or is replaced. */
  record Export(Consumer<Optional<GroupState>> reply) implements Command {}

  /** How often at most log time is moved on for a state machine that has something due. */
  private static final long TIME_ADVANCE_EVERY_MS = 250;

  private static final DispatcherSelector BLOCKING = DispatcherSelector.blocking();

  private final RaftSurroundings around;
  private final RaftCore core;
  private final PendingProposals pending;
  private final ActorRef<SnapshotActor.Command> snapshots;
  private final PendingAsks asks = new PendingAsks();
  private final Runnable endTicks;
  private long nextId;
  private long timeAdvancedMs;

  private RaftActor(ActorContext<Command> context, RaftSurroundings around, Recovered recovered) {
    super(context);
    this.around = around;
    Now start = around.clock().now();
    this.core = new RaftCore(around.group(), around.config(), recovered, around.random(), start);
    this.timeAdvancedMs = start.monotonicMs();
    this.snapshots = context.spawn(SnapshotActor.create(files()), "snapshots", BLOCKING);
    // Committed and not yet applied ones count too, so more than the core has in flight.
    this.pending =
        new PendingProposals(4 * around.config().maxInFlightProposals(), around.callbacks());
    around.members().accept(core.configuration());
    Duration tick = Duration.ofMillis(Math.max(1, around.config().heartbeatMs() / 5));
    ActorRef<Command> self = context.getSelf();
    this.endTicks = PeerLoop.every(tick, () -> self.tell(Tick.NOW));
  }

  private SnapshotActor.Surroundings files() {
    ActorRef<StateMachineActor.Installed> installed = getContext().getSelf().narrow();
    return new SnapshotActor.Surroundings(
        around.group(),
        around.snapshots(),
        getContext().getSelf(),
        (snapshot, reader) -> around.machine().install(snapshot, reader, installed),
        around.blocking());
  }

  static Behavior<Command> create(RaftSurroundings around, Recovered recovered) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(RaftActor.class);
          return new RaftActor(context, around, recovered);
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::on)
        .onSignal(PostStop.class, stop -> stopped())
        .build();
  }

  private Behavior<Command> on(Command command) {
    try {
      handle(command);
      return this;
    } catch (InvariantViolation e) {
      getContext().getLog().error("group stopped: group={}", around.group(), e);
      pending.loseAllBut(-1);
      asks.lose();
      around.leadership().accept(Leadership.UNKNOWN);
      around.onBroken().accept(e);
      return Behaviors.stopped();
    }
  }

  private Behavior<Command> stopped() {
    endTicks.run();
    return this;
  }

  private void handle(Command command) {
    switch (command) {
      case Tick tick -> tick();
      case FromPeer peer -> received(peer);
      case LogWriter.Persisted persisted -> step(new Input.Persisted(persisted.sequence()));
      case LogWriter.Failed failed -> step(new Input.DiskFailed());
      case LogWriter.SnapshotWanted wanted -> step(new Input.TakeSnapshot());
      case StateMachineActor.Installed installed -> installed(installed);
      case Happened happened -> step(happened.input());
      case Propose propose -> propose(propose);
      case ProposeNow now -> step(pending.takeGathered());
      case Read read -> {
        long id = nextId++;
        asks.read(id, read);
        step(new Input.Read(id));
      }
      case Transfer transfer -> transfer(transfer);
      case Change change -> change(change);
      case Export export -> around.machine().export(core.statePoint(), export.reply());
      case GetStatus ask -> ask.reply().accept(status());
    }
  }

  private void tick() {
    Now now = step(new Input.Tick());
    OptionalLong nextDeadlineMs = around.machine().progress().nextDeadlineMs();
    boolean isDue =
        nextDeadlineMs.isPresent()
            && nextDeadlineMs.getAsLong() <= now.wallMs()
            && now.monotonicMs() - timeAdvancedMs >= TIME_ADVANCE_EVERY_MS;
    if (isDue && core.status().role() == Role.LEADER && !around.isDiskFull().getAsBoolean()) {
      timeAdvancedMs = now.monotonicMs();
      step(new Input.Propose(nextId++, EnvelopeCodec.TIME_ADVANCE));
    }
  }

  /** While the disk is full a follower takes no entries, as if they were lost on the way. */
  private void received(FromPeer peer) {
    boolean hasEntries =
        peer.message() instanceof Message.AppendRequest request && !request.entries().isEmpty();
    if (!hasEntries || !around.isDiskFull().getAsBoolean()) {
      step(new Input.Received(peer.from(), peer.directory(), peer.message()));
    }
  }

  private void propose(Propose propose) {
    if (around.isDiskFull().getAsBoolean()) {
      pending.answer(propose.reply(), new Fate.DiskFull());
      return;
    }
    if (pending.isFull()) {
      pending.answer(propose.reply(), new Fate.Overloaded());
      return;
    }
    if (pending.gather(nextId++, propose)) {
      getContext().getSelf().tell(ProposeNow.NOW);
    }
  }

  /** What was proposed here and is in the snapshot got its answer elsewhere, if anywhere. */
  private void installed(StateMachineActor.Installed installed) {
    long appliedIndex = installed.snapshot().lastIndex();
    pending.skippedTo(appliedIndex);
    getContext()
        .getLog()
        .info("snapshot installed: group={} index={}", around.group(), appliedIndex);
    step(new Input.SnapshotInstalled(installed.snapshot()));
  }

  private void change(Change change) {
    long id = nextId++;
    if (asks.change(id, change.reply())) {
      step(new Input.ChangeMembership(id, change.change()));
    }
  }

  private void transfer(Transfer transfer) {
    if (core.status().role() != Role.LEADER) {
      transfer.reply().accept(TransferResult.NO_LEADER);
    } else if (asks.transfer(transfer.reply())) {
      step(new Input.TransferLeadership(transfer.target()));
    }
  }

  private Now step(Input input) {
    Now now = around.clock().now();
    for (Output output : core.step(now, input)) {
      carryOut(output);
    }
    return now;
  }

  private void carryOut(Output output) {
    switch (output) {
      case Output.Persist persist ->
          around
              .log()
              .accept(
                  new LogWriter.Append(around.group(), persist, getContext().getSelf().narrow()));
      case Output.Send send ->
          around.transport().send(send.to(), new Frame.Raft(around.group(), send.message()));
      case Output.Apply apply ->
          around.machine().apply(apply.entries(), pending.decided(apply.entries()));
      case Output.ProposalAccepted accepted -> pending.accepted(accepted);
      case Output.ProposalRejected rejected -> pending.rejected(rejected);
      case Output.ReadReady ready -> asks.ready(ready);
      case Output.ReadRejected refused -> asks.rejected(refused);
      case Output.StateChanged changed -> changed(changed);
      case Output.TransferAborted aborted -> asks.endTransfers(TransferResult.ABORTED);
      case Output.ConfigurationChanged changed -> around.members().accept(changed.configuration());
      case Output.MembershipAnswered answered -> asks.answered(answered);
      case Output.StartSnapshot start -> around.machine().takeSnapshot(start, snapshots);
      case Output.DiscardSnapshot discard ->
          snapshots.tell(new SnapshotActor.Discard(discard.snapshot()));
      case Output.ReadChunk read ->
          snapshots.tell(
              new SnapshotActor.Read(read.to(), read.snapshot(), read.offset(), read.maxBytes()));
      case Output.WriteChunk write ->
          snapshots.tell(new SnapshotActor.Write(write.snapshot(), write.offset(), write.data()));
      case Output.InstallSnapshot install ->
          snapshots.tell(new SnapshotActor.Install(install.snapshot()));
      case Output.LogHealed healed -> around.log().accept(new LogWriter.Healed(around.group()));
    }
  }

  private void changed(Output.StateChanged changed) {
    getContext()
        .getLog()
        .info(
            "role changed: group={} term={} role={} leader={}",
            around.group(),
            changed.term(),
            changed.role(),
            changed.leader().map(NodeId::value).orElse("unknown"));
    boolean leads = changed.role() == Role.LEADER;
    pending.loseAllBut(leads ? changed.term() : -1);
    around.leadership().accept(new Leadership(changed.term(), leads, changed.leader()));
    if (leads) {
      asks.endTransfers(TransferResult.ABORTED);
    } else if (changed.leader().isPresent()
        && !changed.leader().get().equals(around.config().self())) {
      asks.endTransfers(TransferResult.DONE);
    }
  }

  private GroupStatus status() {
    Status status = core.status();
    return new GroupStatus(
        around.group(),
        status.role(),
        status.term(),
        status.leader(),
        status.lastIndex(),
        status.commitIndex(),
        around.machine().progress().index(),
        core.configuration());
  }
}
