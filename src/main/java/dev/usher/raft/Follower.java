package dev.usher.raft;

import org.jspecify.annotations.Nullable;

/** Answers leaders and candidates; campaigns when no leader is heard for a while (§5.2). */
final class Follower extends RoleState {
  private final FollowerLog followerLog;
  private final SnapshotReceiver receiver;
  private final ForwardedReads reads;
  private @Nullable NodeId leader;
  private @Nullable NodeId voteToAnnounce;
  private long timeoutMs;
  private long deadlineMs;

  Follower(Member member) {
    super(member);
    followerLog = new FollowerLog(member);
    receiver = new SnapshotReceiver(member, followerLog);
    reads = new ForwardedReads(member);
    timeoutMs = member.drawElectionTimeoutMs();
    deadlineMs = member.nowMs() + timeoutMs;
  }

  @Override
  Role role() {
    return Role.FOLLOWER;
  }

  @Override
  @Nullable NodeId leader() {
    return leader;
  }

  @Override
  void enter() {}

  @Override
  void leave() {
    reads.rejectAll();
  }

  @Override
  void tick() {
    reads.expire();
    if (member.nowMs() < deadlineMs) {
      return;
    }
    if (!member.mayCampaign()) {
      timeoutMs = member.drawElectionTimeoutMs();
      deadlineMs = member.nowMs() + timeoutMs;
      return;
    }
    member.become(new PreCandidate(member));
  }

  @Override
  void received(NodeId from, Message message) {
    switch (message) {
      case Message.AppendRequest request -> {
        follow(from);
        if (request.entries().isEmpty()) {
          member.healing.heartbeat(from);
        }
        followerLog.append(from, request);
      }
      case Message.SnapshotChunk chunk -> {
        follow(from);
        receiver.chunk(from, chunk);
      }
      case Message.VoteRequest request -> answer(from, request);
      case Message.ReadIndexGranted granted -> reads.granted(granted.readId(), granted.index());
      case Message.ReadIndexRefused refused -> reads.refused(refused.readId());
      case Message.ReadIndexRequest asked ->
          member.send(from, new Message.ReadIndexRefused(member.term(), asked.readId()));
      case Message.TimeoutNow ignored -> {
        if (member.mayCampaign()) {
          member.become(new Candidate(member, true));
        }
      }
      case Message.LogEndResponse answer ->
          member.healing.logEnd(answer.ticket(), answer.lastIndex());
      case Message.LogEndRequest ignored -> {}
      case Message.PreVoteRequest ignored -> throw Campaign.judgedBefore(message);
      case Message.PreVoteResponse ignored -> {}
      case Message.VoteResponse ignored -> {}
      case Message.AppendSucceeded ignored -> {}
      case Message.AppendRejected ignored -> {}
      case Message.SnapshotAnswer ignored -> {}
    }
  }

  @Override
  void persisted() {
    if (!member.durability.isHardStateDurable()) {
      return;
    }
    if (voteToAnnounce != null) {
      member.send(voteToAnnounce, new Message.VoteResponse(member.term(), true));
      voteToAnnounce = null;
    }
    if (leader != null) {
      followerLog.persisted(leader);
    }
  }

  @Override
  void chunkWritten(Input.ChunkWritten chunk) {
    if (leader != null) {
      receiver.written(leader, chunk);
    }
  }

  @Override
  void installFailed(SnapshotMeta snapshot) {
    receiver.failed(snapshot);
  }

  @Override
  void installed(SnapshotMeta snapshot) {
    if (leader != null) {
      followerLog.committedUpTo(leader, snapshot.lastIndex());
    }
  }

  @Override
  void read(long readId) {
    if (leader == null) {
      super.read(readId);
    } else {
      reads.ask(leader, readId);
    }
  }

  private void follow(NodeId from) {
    Invariant.check(
        leader == null || leader.equals(from),
        "one leader in a term (known, other)",
        String.valueOf(leader),
        from);
    leader = from;
    member.heardLeader();
    deadlineMs = member.nowMs() + timeoutMs;
  }

  /** A vote is announced once it is durable, never before (§5.1; sofa-jraft#96, #1241). */
  private void answer(NodeId from, Message.VoteRequest request) {
    if (!Voting.mayGrant(member, from, request)) {
      member.send(from, new Message.VoteResponse(member.term(), false));
      return;
    }
    member.voteFor(from);
    deadlineMs = member.nowMs() + timeoutMs;
    if (member.durability.isHardStateDurable()) {
      member.send(from, new Message.VoteResponse(member.term(), true));
    } else {
      voteToAnnounce = from;
    }
  }
}
