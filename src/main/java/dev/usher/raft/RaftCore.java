package dev.usher.raft;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The Raft engine of one group on one node: inputs in, outputs out, nothing else happens. Not safe
 * for threads: one caller at a time.
 *
 * <p>Messages may be lost, repeated, reordered and late. The disk answers when it likes, but in
 * order. What comes back from it after a restart must hold everything it confirmed.
 */
public final class RaftCore {
  private final GroupId group;
  private final RaftConfig config;
  final Member member;
  private Output.StateChanged announced;
  private Configuration announcedMembers;
  private @Nullable InvariantViolation broken;

  /**
   * A node that starts, or starts again, as a follower that knows of nothing committed.
   *
   * @param group named in errors
   * @param recovered what the disk holds, all of it durable
   * @param random for election timeouts and read tickets; a restart must not repeat its numbers
   * @param start the time from which the first election timeout runs
   * @throws InvariantViolation when {@code recovered} is no possible log
   */
  public RaftCore(
      GroupId group, RaftConfig config, Recovered recovered, RandomGenerator random, Now start) {
    this.group = group;
    this.config = config;
    try {
      member = new Member(config, recovered, random, start);
    } catch (InvariantViolation e) {
      throw new InvariantViolation(group, config.self(), e);
    }
    announcedMembers = member.membership.current();
    announced = state();
  }

  /**
   * Takes one input and says what is to be done, in order.
   *
   * @throws InvariantViolation when something that must never be was seen; the engine is broken
   *     from then on and refuses every further step
   */
  public List<Output> step(Now now, Input input) {
    if (broken != null) {
      throw broken;
    }
    try {
      member.startStep(now);
      dispatch(input);
      finishStep();
      return member.takeOutputs();
    } catch (InvariantViolation e) {
      broken = new InvariantViolation(group, config.self(), e);
      throw broken;
    }
  }

  public Status status() {
    return new Status(
        member.role().role(),
        member.term(),
        Optional.ofNullable(member.role().leader()),
        member.log.lastIndex(),
        member.commitIndex());
  }

  /** The members in effect on this node, committed or not. */
  public Configuration configuration() {
    return member.membership.current();
  }

  /** Where a state stands that was made of everything given to apply so far. */
  public StatePoint statePoint() {
    long index = member.appliedIndex();
    return new StatePoint(index, member.log.term(index), member.membership.at(index));
  }

  /** The snapshot that a restart begins with. */
  public Optional<SnapshotMeta> snapshot() {
    return Optional.ofNullable(member.compactor.current());
  }

  private void dispatch(Input input) {
    switch (input) {
      case Input.Tick ignored -> member.role().tick();
      case Input.Received received -> received(received);
      case Input.Propose proposal -> member.role().propose(List.of(proposal));
      case Input.ProposeAll together -> member.role().propose(together.proposals());
      case Input.Read read -> member.role().read(read.readId());
      case Input.Persisted persisted -> {
        member.durability.confirmed(persisted.sequence());
        member.role().persisted();
      }
      case Input.TransferLeadership transfer -> member.role().transfer(transfer);
      case Input.DiskFailed ignored -> {
        member.durability.failed();
        member.role().tick();
      }
      case Input.ChangeMembership request -> member.role().changeMembership(request);
      case Input.TakeSnapshot ignored -> member.compactor.ask();
      case Input.SnapshotTaken taken -> member.compactor.taken(taken.snapshot());
      case Input.SnapshotFailed ignored -> member.compactor.failed();
      case Input.ChunkRead chunk -> member.role().chunkRead(chunk);
      case Input.ChunkUnreadable chunk -> member.role().chunkUnreadable(chunk);
      case Input.ChunkWritten chunk -> member.role().chunkWritten(chunk);
      case Input.SnapshotInstalled done -> {
        if (member.compactor.installed(done.snapshot())) {
          member.role().installed(done.snapshot());
        }
      }
      case Input.InstallFailed failed -> {
        member.compactor.installFailed(failed.snapshot());
        member.role().installFailed(failed.snapshot());
      }
    }
  }

  /**
   * The rules for terms that all roles share (§5.1). A request is heard from anybody, since this
   * node may be the one that does not know the members yet (§6); an answer counts only from the
   * member that it says it is.
   */
  private void received(Input.Received received) {
    NodeId from = received.from();
    Message message = received.message();
    boolean recognized = member.membership.recognizes(from, received.directory());
    if (from.equals(config.self()) || !(recognized || isRequest(message))) {
      return;
    }
    if (message instanceof Message.PreVoteRequest request) {
      Voting.answer(member, from, request);
      return;
    }
    if (message instanceof Message.VoteRequest request && Voting.isDisturbance(member, request)) {
      return;
    }
    if (message.term() < member.term() && !isPreVoteGranted(message)) {
      refuseStale(from, message);
      return;
    }
    if (message.term() > member.term() && !isPreVoteGranted(message)) {
      member.adoptTerm(message.term());
    }
    member.role().received(from, message);
  }

  private static boolean isRequest(Message message) {
    return switch (message) {
      case Message.PreVoteRequest ignored -> true;
      case Message.VoteRequest ignored -> true;
      case Message.AppendRequest ignored -> true;
      case Message.SnapshotChunk ignored -> true;
      case Message.TimeoutNow ignored -> true;
      case Message.PreVoteResponse ignored -> false;
      case Message.VoteResponse ignored -> false;
      case Message.AppendSucceeded ignored -> false;
      case Message.AppendRejected ignored -> false;
      case Message.ReadIndexRequest ignored -> false;
      case Message.ReadIndexGranted ignored -> false;
      case Message.ReadIndexRefused ignored -> false;
      case Message.LogEndRequest ignored -> false;
      case Message.LogEndResponse ignored -> false;
      case Message.SnapshotAnswer ignored -> false;
    };
  }

  /** A granted pre-vote counts whatever the voter's own term is, and changes nobody's term. */
  private static boolean isPreVoteGranted(Message message) {
    return message instanceof Message.PreVoteResponse response && response.granted();
  }

  /** Tells a sender from an older term which term it is, where it waits for an answer. */
  private void refuseStale(NodeId from, Message message) {
    long term = member.term();
    switch (message) {
      case Message.VoteRequest ignored -> member.send(from, new Message.VoteResponse(term, false));
      case Message.AppendRequest request ->
          member.send(from, new Message.AppendRejected(term, request.prevIndex(), 0, 0, 0));
      case Message.ReadIndexRequest asked ->
          member.send(from, new Message.ReadIndexRefused(term, asked.readId()));
      case Message.PreVoteRequest ignored -> {}
      case Message.PreVoteResponse ignored -> {}
      case Message.VoteResponse ignored -> {}
      case Message.AppendSucceeded ignored -> {}
      case Message.AppendRejected ignored -> {}
      case Message.ReadIndexGranted ignored -> {}
      case Message.ReadIndexRefused ignored -> {}
      case Message.LogEndRequest ignored -> {}
      case Message.LogEndResponse ignored -> {}
      case Message.TimeoutNow ignored -> {}
      case Message.SnapshotChunk chunk ->
          member.send(
              from, new Message.AppendRejected(term, chunk.snapshot().lastIndex(), 0, 0, 0));
      case Message.SnapshotAnswer ignored -> {}
    }
  }

  private void finishStep() {
    Output.Persist persist = member.durability.flush(member.nowMs());
    if (persist != null) {
      member.emit(persist);
    }
    member.applyCommitted();
    member.compactor.startIfDue();
    announceMembers();
    announceState();
  }

  private void announceState() {
    RoleState role = member.role();
    if (announced.role() != role.role()
        || announced.term() != member.term()
        || !Objects.equals(announced.leader().orElse(null), role.leader())) {
      announced = state();
      member.emit(announced);
    }
  }

  private void announceMembers() {
    Configuration current = member.membership.current();
    if (announcedMembers != current && !announcedMembers.equals(current)) {
      member.emit(new Output.ConfigurationChanged(current));
    }
    announcedMembers = current;
  }

  private Output.StateChanged state() {
    RoleState role = member.role();
    return new Output.StateChanged(role.role(), member.term(), Optional.ofNullable(role.leader()));
  }
}
