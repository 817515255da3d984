package dev.usher.raft;

/**
 * Who gets this node's vote and pre-vote, the same rules in every role (§5.2, §5.4.1, thesis §4.2.3
 * and §9.6).
 */
final class Voting {
  private Voting() {}

  /**
   * Would this node vote so? Says it without changing anything. A refusal carries this node's term,
   * and the asker adopts it when it is newer: otherwise a long log on an old term and a short log
   * on a new one block each other for ever (etcd#8501, openraft#1796).
   */
  static void answer(Member member, NodeId from, Message.PreVoteRequest request) {
    boolean granted =
        !member.believesInLeader()
            && !member.isDiskStuck()
            && !member.healing.isUnderWay()
            && isVoteFree(member, from, request.term())
            && member.log.isUpToDate(request.lastIndex(), request.lastTerm());
    member.send(from, new Message.PreVoteResponse(member.term(), request.term(), granted));
  }

  /** May this request be heard at all, or does a living leader make it a disturbance? */
  static boolean isDisturbance(Member member, Message.VoteRequest request) {
    return request.term() > member.term() && !request.transfer() && member.believesInLeader();
  }

  /** Judges a request in the current term, whoever the candidate is (thesis §4.1). */
  static boolean mayGrant(Member member, NodeId from, Message.VoteRequest request) {
    return !member.healing.isUnderWay()
        && (request.transfer() || !member.believesInLeader())
        && isVoteFree(member, from, request.term())
        && member.log.isUpToDate(request.lastIndex(), request.lastTerm());
  }

  private static boolean isVoteFree(Member member, NodeId candidate, long term) {
    if (term != member.term()) {
      return term > member.term();
    }
    NodeId given = member.vote();
    return given == null ? member.role().leader() == null : given.equals(candidate);
  }
}
