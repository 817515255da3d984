package dev.usher.raft;

/**
 * Asks whether it would win before it disturbs anybody's term (thesis §9.6). Changes nothing on
 * disk.
 */
final class PreCandidate extends Campaign {
  PreCandidate(Member member) {
    super(member);
  }

  @Override
  Role role() {
    return Role.PRE_CANDIDATE;
  }

  @Override
  void enter() {
    Message request =
        new Message.PreVoteRequest(
            member.term() + 1, member.log.lastIndex(), member.log.lastTerm());
    for (NodeId peer : member.membership.otherVoters()) {
      member.send(peer, request);
    }
    if (countVote(member.self())) {
      member.become(new Candidate(member, false));
    }
  }

  @Override
  void voted(NodeId from, Message message) {
    if (message instanceof Message.PreVoteResponse response
        && response.granted()
        && response.requestedTerm() == member.term() + 1
        && countVote(from)) {
      member.become(new Candidate(member, false));
    }
  }

  @Override
  void timeoutNow() {
    if (member.mayCampaign()) {
      member.become(new Candidate(member, true));
    }
  }

  @Override
  void persisted() {}
}
