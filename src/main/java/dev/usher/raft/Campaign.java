package dev.usher.raft;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pre-candidate and a candidate have in common: votes to count and a deadline. */
abstract sealed class Campaign extends RoleState permits PreCandidate, Candidate {
  private final Set<NodeId> votes = new HashSet<>();
  private final long deadlineMs;

  Campaign(Member member) {
    super(member);
    deadlineMs = member.nowMs() + member.drawElectionTimeoutMs();
  }

  /** Counts a voter once, however often its answer arrives; true when a majority has voted. */
  final boolean countVote(NodeId voter) {
    votes.add(voter);
    return Quorum.isReached(member.membership.current(), votes);
  }

  /** A vote of the current kind came in. */
  abstract void voted(NodeId from, Message message);

  /** Asked to stand for election at once, by the leader of this term. */
  abstract void timeoutNow();

  @Override
  final @Nullable NodeId leader() {
    return null;
  }

  @Override
  final void leave() {}

  /** No majority in time: once more from the start, unless this node may not any more. */
  @Override
  final void tick() {
    if (member.nowMs() < deadlineMs) {
      return;
    }
    if (member.mayCampaign()) {
      member.become(new PreCandidate(member));
    } else {
      member.becomeFollower();
    }
  }

  @Override
  final void received(NodeId from, Message message) {
    switch (message) {
      case Message.AppendRequest ignored -> followAndPassOn(from, message);
      case Message.SnapshotChunk ignored -> followAndPassOn(from, message);
      case Message.VoteRequest request -> {
        if (Voting.mayGrant(member, from, request)) {
          followAndPassOn(from, message);
        } else {
          member.send(from, new Message.VoteResponse(member.term(), false));
        }
      }
      case Message.PreVoteResponse ignored -> voted(from, message);
      case Message.VoteResponse ignored -> voted(from, message);
      case Message.TimeoutNow ignored -> timeoutNow();
      case Message.ReadIndexRequest asked ->
          member.send(from, new Message.ReadIndexRefused(member.term(), asked.readId()));
      case Message.PreVoteRequest ignored -> throw judgedBefore(message);
      case Message.AppendSucceeded ignored -> {}
      case Message.AppendRejected ignored -> {}
      case Message.ReadIndexGranted ignored -> {}
      case Message.ReadIndexRefused ignored -> {}
      case Message.LogEndRequest ignored -> {}
      case Message.LogEndResponse ignored -> {}
      case Message.SnapshotAnswer ignored -> {}
    }
  }

  private void followAndPassOn(NodeId from, Message message) {
    member.becomeFollower();
    member.role().received(from, message);
  }

  static InvariantViolation judgedBefore(Message message) {
    return new InvariantViolation("broken invariant: pre-votes are no role's business: " + message);
  }
}
