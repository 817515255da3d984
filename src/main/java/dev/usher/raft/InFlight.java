package dev.usher.raft;

/** Back-pressure: how much this leader has accepted in its term and not committed yet. */
final class InFlight {
  private final Member member;

  /** Everything after this index was proposed in this term. */
  private final long termStart;

  private long counted;
  private long bytes;

  InFlight(Member member, long termStart) {
    this.member = member;
    this.termStart = termStart;
    counted = termStart;
  }

  /** Is there room? A single proposal has room however large it is. */
  boolean accepts(Bytes payload) {
    long entries = member.log.lastIndex() - Math.max(member.commitIndex(), termStart);
    if (entries == 0) {
      return true;
    }
    return entries < member.config.maxInFlightProposals()
        && bytes + payload.size() <= member.config.maxInFlightBytes();
  }

  void accepted(Bytes payload) {
    bytes += payload.size();
  }

  /** The commit index has moved. */
  void committed() {
    while (counted < member.commitIndex()) {
      counted++;
      bytes -= member.log.get(counted).payload().size();
    }
    Invariant.check(
        bytes >= 0, "bytes in flight are not negative (bytes, counted)", bytes, counted);
  }
}
