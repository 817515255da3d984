package dev.usher.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One real engine with a disk that answers when the test says so, and everything it put out. */
final class TestNode {
  static final GroupId GROUP = new GroupId("seats-0");
  static final long WALL = 1_700_000_000_000L;

  final NodeId id;
  final RaftConfig config;
  final List<Output> outputs = new ArrayList<>();
  final Deque<Output.Send> outbox = new ArrayDeque<>();
  final Deque<Output.Persist> writes = new ArrayDeque<>();
  final List<Entry> applied = new ArrayList<>();
  HardState diskState;
  List<Entry> diskLog;
  OptionalLong damagedUntil;
  final TestShell shell = new TestShell(this);
  long nowMs = 1000;
  long wallSkewMs;
  boolean diskWorks = true;
  RaftCore core;
  private int lives;

  TestNode(RaftConfig config, Recovered recovered) {
    this.id = config.self();
    this.config = config;
    diskState = recovered.hardState();
    diskLog = new ArrayList<>(recovered.entries());
    damagedUntil = recovered.damagedUntil();
    recovered.snapshot().ifPresent(shell::keep);
    restart();
  }

  /** A node of a group of three, n1, with the standard timing. */
  static TestNode ofThree(Recovered recovered) {
    return new TestNode(config(1, 3), recovered);
  }

  static TestNode ofThree() {
    return ofThree(Recovered.NOTHING);
  }

  static NodeId n(int number) {
    return new NodeId("n" + number);
  }

  static RaftConfig config(int self, int voters) {
    return RaftConfig.standard(n(self), ids(voters));
  }

  static SortedSet<NodeId> ids(int voters) {
    return IntStream.rangeClosed(1, voters)
        .mapToObj(TestNode::n)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A log of which only the terms matter: the first has index 1. */
  static List<Entry> log(long... terms) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      entries.add(entry(terms[i], i + 1L));
    }
    return entries;
  }

  static Entry entry(long term, long index) {
    return new Entry(term, index, WALL, Entry.Kind.COMMAND, payload("t" + term + "i" + index));
  }

  static Bytes payload(String text) {
    return Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static Recovered recovered(long term, long... terms) {
    return new Recovered(new HardState(term, Optional.empty()), log(terms));
  }

  /** Loses what is not on disk. */
  void restart() {
    writes.clear();
    outbox.clear();
    shell.crash();
    applied.clear();
    core =
        new RaftCore(
            GROUP,
            config,
            new Recovered(diskState, Optional.ofNullable(shell.snapshot), diskLog, damagedUntil),
            new SplittableRandom(id.hashCode() * 31L + lives++),
            now());
  }

  Now now() {
    return new Now(nowMs, WALL + nowMs + wallSkewMs);
  }

  /** One input; a working disk answers at once. */
  List<Output> step(Input input) {
    List<Output> all = new ArrayList<>(take(input));
    while ((diskWorks && !writes.isEmpty()) || shell.isBusy()) {
      all.addAll(shell.isBusy() ? take(shell.next()) : persistNext());
    }
    return all;
  }

  List<Output> receive(int from, Message message) {
    return step(new Input.Received(n(from), message));
  }

  /** Lives through this time, with a tick at its end and one every heartbeat on the way. */
  List<Output> advance(long ms) {
    List<Output> all = new ArrayList<>();
    for (long left = ms; left > config.heartbeatMs(); left -= config.heartbeatMs()) {
      all.addAll(standStill(config.heartbeatMs()));
    }
    all.addAll(standStill((ms - 1) % config.heartbeatMs() + 1));
    return all;
  }

  /** Time passes, of which this node notices nothing before the tick at its end. */
  List<Output> standStill(long ms) {
    nowMs += ms;
    return step(new Input.Tick());
  }

  List<Output> propose(long id, String command) {
    return step(new Input.Propose(id, payload(command)));
  }

  /** The oldest write reaches the disk. */
  List<Output> persistNext() {
    Output.Persist write = writes.removeFirst();
    write.hardState().ifPresent(state -> diskState = state);
    write.truncateFrom().ifPresent(from -> diskLog.removeIf(entry -> entry.index() >= from));
    write.compaction().ifPresent(done -> shell.compacted(done.snapshot()));
    diskLog.addAll(write.entries());
    return take(new Input.Persisted(write.sequence()));
  }

  List<Output> persistAll() {
    List<Output> all = new ArrayList<>();
    while (!writes.isEmpty()) {
      all.addAll(persistNext());
    }
    return all;
  }

  private List<Output> take(Input input) {
    List<Output> out = core.step(now(), input);
    for (Output output : out) {
      switch (output) {
        case Output.Send send -> outbox.add(send);
        case Output.Persist persist -> writes.add(persist);
        case Output.Apply apply -> applied.addAll(apply.entries());
        case Output.ProposalAccepted ignored -> {}
        case Output.ProposalRejected ignored -> {}
        case Output.ReadReady ignored -> {}
        case Output.ReadRejected ignored -> {}
        case Output.StateChanged ignored -> {}
        case Output.TransferAborted ignored -> {}
        case Output.ConfigurationChanged ignored -> {}
        case Output.MembershipAnswered ignored -> {}
        case Output.StartSnapshot start -> shell.start(start);
        case Output.DiscardSnapshot ignored -> {}
        case Output.ReadChunk read -> shell.read(read);
        case Output.WriteChunk write -> shell.write(write);
        case Output.InstallSnapshot install -> shell.install(install);
        case Output.LogHealed ignored -> damagedUntil = OptionalLong.empty();
      }
    }
    outputs.addAll(out);
    return out;
  }

  // ---- short cuts ----

  /** Lets the election timeout pass and lets the others grant the pre-vote: now a candidate. */
  TestNode campaign() {
    advance(config.electionTimeoutMaxMs());
    for (NodeId peer : config.voters()) {
      if (!peer.equals(id) && status().role() == Role.PRE_CANDIDATE) {
        step(
            new Input.Received(
                peer, new Message.PreVoteResponse(status().term(), status().term() + 1, true)));
      }
    }
    return this;
  }

  /** Elected by everyone, its no-op sent and on its own disk; the outbox is empty. */
  TestNode lead() {
    campaign();
    for (NodeId peer : config.voters()) {
      if (!peer.equals(id)) {
        step(new Input.Received(peer, new Message.VoteResponse(status().term(), true)));
      }
    }
    outbox.clear();
    return this;
  }

  /** A leader whose whole log all followers have; the outbox is empty. */
  TestNode leadInStep() {
    lead();
    for (NodeId peer : config.voters()) {
      if (!peer.equals(id)) {
        ack(peer, status().lastIndex(), 0);
      }
    }
    outbox.clear();
    return this;
  }

  List<Output> ack(NodeId from, long match, long readRound) {
    return step(
        new Input.Received(from, new Message.AppendSucceeded(status().term(), match, readRound)));
  }

  List<Output> ack(int from, long match) {
    return ack(n(from), match, 0);
  }

  Status status() {
    return core.status();
  }

  /** Messages of one type among outputs. */
  static <M extends Message> List<M> messages(List<Output> outputs, Class<M> type) {
    return only(outputs, Output.Send.class)
        .map(Output.Send::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static <O extends Output> Stream<O> only(List<Output> outputs, Class<O> type) {
    return outputs.stream().filter(type::isInstance).map(type::cast);
  }

  static Message.AppendRequest append(
      long term, long prevIndex, long prevTerm, long commit, Entry... entries) {
    return new Message.AppendRequest(term, prevIndex, prevTerm, List.of(entries), commit, 0);
  }

  @Override
  public String toString() {
    return id + " " + status();
  }
}
