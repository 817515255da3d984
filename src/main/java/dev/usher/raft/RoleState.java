package dev.usher.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node does in one role. A role owns its timers and its debts (a vote to announce once it is
 * durable, reads to answer): when the role ends, they end with it.
 *
 * <p>Messages arrive here only from members (requests from anybody, §6) and only with the current
 * term, except pre-vote requests and vote requests, which {@link Voting} has judged before.
 */
abstract sealed class RoleState permits Follower, Campaign, Leader {
  final Member member;

  RoleState(Member member) {
    this.member = member;
  }

  abstract Role role();

  /** The leader of the current term, if this node knows it. */
  abstract @Nullable NodeId leader();

  /** Called once, when {@link Member#role()} is this already. */
  abstract void enter();

  /** Called once, while the member's term may be a newer one already. */
  abstract void leave();

  abstract void tick();

  abstract void received(NodeId from, Message message);

  /** Something has become durable. */
  abstract void persisted();

  void propose(List<Input.Propose> proposals) {
    for (Input.Propose proposal : proposals) {
      member.emit(
          new Output.ProposalRejected(proposal.proposalId(), Output.RejectReason.NOT_LEADER));
    }
  }

  void read(long readId) {
    member.emit(new Output.ReadRejected(readId));
  }

  /** Only a leader changes its group's members. */
  void changeMembership(Input.ChangeMembership request) {
    member.emit(
        new Output.MembershipAnswered(request.changeId(), MembershipChange.Outcome.NOT_LEADER));
  }

  /** A piece for a follower was read, or could not be: only a leader asks for that. */
  void chunkRead(Input.ChunkRead chunk) {}

  void chunkUnreadable(Input.ChunkUnreadable chunk) {}

  /** A piece from the leader was written: only a follower asks for that. */
  void chunkWritten(Input.ChunkWritten chunk) {}

  void installFailed(SnapshotMeta snapshot) {}

  /** The log has just become a snapshot's, or could not. */
  void installed(SnapshotMeta snapshot) {}

  boolean isSendingSnapshot() {
    return false;
  }

  /** Only a leader has leadership to hand over. */
  void transfer(Input.TransferLeadership request) {}
}
