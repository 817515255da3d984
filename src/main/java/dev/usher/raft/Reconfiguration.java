package dev.usher.raft;

import dev.usher.raft.MembershipChange.Outcome;
import java.util.Map;

/**
 * Changes of the group's members, on the leader (§6, thesis §4): one at a time, and only after a
 * commit in the leader's own term, without which two leaders could each commit a change that the
 * other does not know of (Ongaro 2015). Voters change by joint consensus, learners at once.
 */
final class Reconfiguration {
  private static final long NOBODY_ASKED = -1;

  private final Leader leader;
  private final Member member;
  private final Replicator replicator;
  private boolean committedInTerm;
  private boolean asked;
  private long changeId = NOBODY_ASKED;

  Reconfiguration(Leader leader, Replicator replicator) {
    this.leader = leader;
    this.member = leader.member;
    this.replicator = replicator;
  }

  void change(Input.ChangeMembership request, boolean transferring) {
    Outcome refusal = null;
    if (!committedInTerm) {
      refusal = Outcome.NOT_READY;
    } else if (asked || transferring || isInFlight()) {
      refusal = Outcome.BUSY;
    } else {
      refusal = start(request);
    }
    if (refusal != Outcome.DONE) {
      member.emit(new Output.MembershipAnswered(request.changeId(), refusal));
    }
  }

  /** DONE when the first configuration of the change is in the log. */
  private Outcome start(Input.ChangeMembership request) {
    Configuration now = member.membership.current();
    NodeId node = request.change().node();
    Configuration next =
        switch (request.change()) {
          case MembershipChange.AddLearner add ->
              now.isMember(node) ? now : now.withLearner(node, add.identity());
          case MembershipChange.Promote promote ->
              now.learners().contains(node) ? now.promoting(node) : now;
          case MembershipChange.Remove remove -> removed(now, node);
        };
    if (next.equals(now)) {
      return Outcome.NOT_POSSIBLE;
    }
    if (request.change() instanceof MembershipChange.Promote && !hasCaughtUp(node)) {
      return Outcome.NOT_CAUGHT_UP;
    }
    asked = true;
    changeId = request.changeId();
    leader.configure(next);
    return Outcome.DONE;
  }

  private static Configuration removed(Configuration now, NodeId node) {
    if (now.learners().contains(node)) {
      return now.withoutLearner(node);
    }
    return now.voters().contains(node) && now.voters().size() > 1 ? now.removing(node) : now;
  }

  /** As a voter it must not hold commits up while it fetches what it lacks (thesis §4.2.1). */
  private boolean hasCaughtUp(NodeId node) {
    Progress progress = replicator.find(node);
    return progress != null
        && progress.mode() == Progress.Mode.REPLICATE
        && progress.match() + member.config.maxInFlightProposals() >= member.commitIndex()
        && member.nowMs() - progress.heardMs < member.config.electionTimeoutMaxMs();
  }

  private boolean isInFlight() {
    return member.membership.current().isJoint()
        || member.membership.currentIndex() > member.commitIndex();
  }

  /** The commit index has moved, in this term. A joint configuration may be an older leader's. */
  void committed() {
    committedInTerm = true;
    if (member.membership.currentIndex() > member.commitIndex()) {
      return;
    }
    Configuration now = member.membership.current();
    if (now.isJoint()) {
      leader.configure(now.settled());
      return;
    }
    answer(Outcome.DONE);
    if (!now.isVoter(member.self())) {
      leader.removedItself();
    }
  }

  /**
   * Writes down whose disks the members' are as soon as they are heard of; names and majorities
   * stay, so no joint configuration is needed.
   */
  void bindDirectories(boolean transferring) {
    if (!committedInTerm || transferring || isInFlight()) {
      return;
    }
    Configuration now = member.membership.current();
    Configuration bound = now;
    for (Map.Entry<NodeId, Configuration.Identity> entry : now.members().entrySet()) {
      DirectoryId heard = member.membership.heard(entry.getKey());
      if (!entry.getValue().directory().isKnown() && heard.isKnown()) {
        bound = bound.bound(entry.getKey(), heard);
      }
    }
    if (!bound.equals(now)) {
      leader.configure(bound);
    }
  }

  /** Leadership is over, and with it the knowledge of what becomes of the change. */
  void leave() {
    answer(Outcome.UNKNOWN);
  }

  private void answer(Outcome outcome) {
    if (asked) {
      asked = false;
      member.emit(new Output.MembershipAnswered(changeId, outcome));
      changeId = NOBODY_ASKED;
    }
  }
}
