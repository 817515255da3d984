package dev.usher.raft;

/**
 * Stands for election in a term of its own (§5.2). Its vote for itself is on disk before anybody is
 * asked: a node that forgot it could vote for another in the same term.
 */
final class Candidate extends Campaign {
  private final boolean transfer;
  private boolean asked;

  /**
   * @param transfer the leader told this node to, so voters need not wait for it to fall silent
   */
  Candidate(Member member, boolean transfer) {
    super(member);
    this.transfer = transfer;
  }

  @Override
  Role role() {
    return Role.CANDIDATE;
  }

  @Override
  void enter() {
    member.startOwnTerm();
  }

  @Override
  void persisted() {
    if (asked || !member.durability.isHardStateDurable()) {
      return;
    }
    asked = true;
    Message request =
        new Message.VoteRequest(
            member.term(), member.log.lastIndex(), member.log.lastTerm(), transfer);
    for (NodeId peer : member.membership.otherVoters()) {
      member.send(peer, request);
    }
    if (countVote(member.self())) {
      member.become(new Leader(member));
    }
  }

  @Override
  void voted(NodeId from, Message message) {
    if (message instanceof Message.VoteResponse response && response.granted() && countVote(from)) {
      member.become(new Leader(member));
    }
  }

  /** Stands already. */
  @Override
  void timeoutNow() {}
}
