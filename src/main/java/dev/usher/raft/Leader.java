package dev.usher.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders proposals and replicates them (§5.3). Its own disk is one voter of many: entries go to the
 * followers while they are still being written here (thesis §10.2.1).
 */
final class Leader extends RoleState {
  private final Replicator replicator;
  private final ReadIndex reads;
  private final Transfer transfer;
  private final InFlight inFlight;
  private final Lease lease;
  private final Reconfiguration members;
  private long heartbeatDueMs;

  Leader(Member member) {
    super(member);
    replicator = new Replicator(member);
    lease = new Lease(member);
    reads = new ReadIndex(member, replicator, lease);
    transfer = new Transfer(member, replicator, lease::end);
    members = new Reconfiguration(this, replicator);
    inFlight = new InFlight(member, member.log.lastIndex() + 1);
  }

  @Override
  Role role() {
    return Role.LEADER;
  }

  @Override
  NodeId leader() {
    return member.self();
  }

  /** A no-op opens the term, so that what earlier terms left can be committed (§5.4.2, §8). */
  @Override
  void enter() {
    heartbeatDueMs = member.nowMs() + member.config.heartbeatMs();
    append(Entry.Kind.NO_OP, Bytes.EMPTY);
    replicator.replicate();
  }

  @Override
  void leave() {
    reads.refuseAll();
    members.leave();
  }

  @Override
  void tick() {
    if (isCutOff() || member.isDiskStuck()) {
      member.becomeFollower();
      return;
    }
    transfer.tick();
    if (member.nowMs() >= heartbeatDueMs) {
      heartbeatDueMs = member.nowMs() + member.config.heartbeatMs();
      reads.beforeHeartbeat();
      replicator.heartbeat();
      replicator.tick();
      transfer.handOver();
      members.bindDirectories(transfer.isUnderWay());
    } else {
      replicator.announceCommit();
    }
  }

  @Override
  void received(NodeId from, Message message) {
    switch (message) {
      case Message.AppendSucceeded answer -> succeeded(from, answer);
      case Message.AppendRejected answer -> rejected(from, answer);
      case Message.ReadIndexRequest asked -> reads.ask(from, asked.readId());
      case Message.LogEndRequest asked ->
          member.send(
              from,
              new Message.LogEndResponse(member.term(), asked.ticket(), member.log.lastIndex()));
      case Message.VoteRequest ignored ->
          member.send(from, new Message.VoteResponse(member.term(), false));
      case Message.SnapshotAnswer answer -> {
        SnapshotSender sender = heard(from, 0).sender();
        if (sender != null) {
          sender.answered(answer.snapshotIndex(), answer.nextOffset());
        }
      }
      case Message.SnapshotChunk ignored -> throw leadsToo(from, message);
      case Message.AppendRequest ignored -> throw leadsToo(from, message);
      case Message.PreVoteRequest ignored -> throw Campaign.judgedBefore(message);
      case Message.PreVoteResponse ignored -> {}
      case Message.VoteResponse ignored -> {}
      case Message.ReadIndexGranted ignored -> {}
      case Message.ReadIndexRefused ignored -> {}
      case Message.LogEndResponse ignored -> {}
      case Message.TimeoutNow ignored -> {}
    }
  }

  private static InvariantViolation leadsToo(NodeId from, Message message) {
    return new InvariantViolation(
        "broken invariant: one leader in a term, but " + from + " leads too: " + message);
  }

  @Override
  void persisted() {
    advanceCommit();
  }

  @Override
  void propose(List<Input.Propose> proposals) {
    proposals.forEach(this::propose);
    replicator.replicate();
  }

  private void propose(Input.Propose proposal) {
    if (transfer.isUnderWay()) {
      reject(proposal, Output.RejectReason.TRANSFERRING);
    } else if (!inFlight.accepts(proposal.payload())) {
      reject(proposal, Output.RejectReason.OVERLOADED);
    } else {
      Entry entry = append(Entry.Kind.COMMAND, proposal.payload());
      member.emit(new Output.ProposalAccepted(proposal.proposalId(), entry.term(), entry.index()));
    }
  }

  @Override
  void read(long readId) {
    reads.ask(null, readId);
  }

  @Override
  void changeMembership(Input.ChangeMembership request) {
    members.change(request, transfer.isUnderWay());
  }

  /** Appends a configuration, which is in effect from here on (§6). */
  void configure(Configuration configuration) {
    append(Entry.Kind.CONFIGURATION, ConfigurationText.encode(configuration));
    replicator.configured();
    transfer.configured();
    replicator.replicate();
  }

  /** The configuration without this node is committed: its work is done (§6). */
  void removedItself() {
    replicator.announceCommit();
    transfer.leaveToTheBest();
    member.becomeFollower();
  }

  @Override
  boolean isSendingSnapshot() {
    return replicator.isSendingSnapshot();
  }

  @Override
  void chunkRead(Input.ChunkRead chunk) {
    SnapshotSender sender = sender(chunk.to());
    if (sender != null) {
      sender.chunkRead(chunk);
    }
  }

  @Override
  void chunkUnreadable(Input.ChunkUnreadable chunk) {
    SnapshotSender sender = sender(chunk.to());
    if (sender != null) {
      sender.unreadable(chunk.snapshot());
    }
  }

  private @Nullable SnapshotSender sender(NodeId to) {
    Progress progress = replicator.find(to);
    return progress == null ? null : progress.sender();
  }

  @Override
  void transfer(Input.TransferLeadership request) {
    transfer.start(request.target());
  }

  private void reject(Input.Propose proposal, Output.RejectReason reason) {
    member.emit(new Output.ProposalRejected(proposal.proposalId(), reason));
  }

  /** Log time is the wall clock, except that it never goes back when the clock does. */
  private Entry append(Entry.Kind kind, Bytes payload) {
    LogView log = member.log;
    long timeMs = Math.max(member.wallMs(), log.lastTimeMs());
    Entry entry = new Entry(member.term(), log.lastIndex() + 1, timeMs, kind, payload);
    member.append(entry);
    inFlight.accepted(payload);
    return entry;
  }

  private void succeeded(NodeId from, Message.AppendSucceeded answer) {
    Progress progress = heard(from, answer.readRound());
    Invariant.check(
        answer.matchIndex() <= member.log.lastIndex(),
        "a follower matches what the leader has (match, last index)",
        answer.matchIndex(),
        member.log.lastIndex());
    boolean advanced = progress.succeeded(answer.matchIndex());
    replicator.replicate(progress);
    if (advanced) {
      advanceCommit();
      if (member.role() != this) {
        return;
      }
      transfer.handOver();
    }
    reads.acknowledged();
  }

  private void rejected(NodeId from, Message.AppendRejected answer) {
    Progress progress = heard(from, answer.readRound());
    long agreeAt =
        answer.hintIndex() < member.log.baseIndex()
            ? answer.hintIndex()
            : member.log.lastIndexWithTermAtMost(answer.hintIndex(), answer.hintTerm());
    if (progress.rejected(answer.rejectedPrevIndex(), agreeAt)) {
      replicator.replicate(progress);
    }
    reads.acknowledged();
  }

  private Progress heard(NodeId from, long readRound) {
    Progress progress = replicator.get(from);
    progress.heardMs = member.nowMs();
    progress.readRound = Math.max(progress.readRound, readRound);
    return progress;
  }

  /** Only entries of this term are committed by counting; they bring the others along (§5.4.2). */
  private void advanceCommit() {
    long reached = replicator.quorumMatch();
    if (reached > member.commitIndex() && member.log.term(reached) == member.term()) {
      member.commitTo(reached);
      inFlight.committed();
      reads.committedInTerm();
      members.committed();
    }
  }

  /** Check-quorum: no majority was heard for an election timeout. */
  private boolean isCutOff() {
    return member.nowMs() - replicator.quorumHeardMs() >= member.config.electionTimeoutMaxMs();
  }
}
