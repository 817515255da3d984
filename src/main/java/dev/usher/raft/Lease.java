package dev.usher.raft;

import java.util.ArrayDeque;

/**
 * The leader's lease (thesis §6.4.1): while a majority has heard the leader less than the shortest
 * election timeout ago, nobody of it votes, so nobody else leads. It is counted from when the round
 * was begun, before any of its messages was sent, and is shorter than that timeout by what two
 * clocks may drift apart.
 *
 * <p>A transfer breaks the rule that nobody votes, and its TimeoutNow may be late: once one is
 * sent, this term has no lease any more.
 */
final class Lease {
  private record Begun(long round, long atMs) {}

  private final Member member;
  private final ArrayDeque<Begun> rounds = new ArrayDeque<>();
  private long endsMs;
  private boolean isOn;

  Lease(Member member) {
    this.member = member;
    isOn = member.config.hasLease();
    endsMs = member.clockMs();
  }

  boolean isOn() {
    return isOn;
  }

  boolean holds() {
    return isOn && member.clockMs() < endsMs;
  }

  void begun(long round) {
    if (isOn) {
      rounds.addLast(new Begun(round, member.clockMs()));
    }
  }

  /** A majority has heard this leader in that round or later. */
  void confirmed(long round) {
    while (!rounds.isEmpty() && rounds.getFirst().round() <= round) {
      endsMs = rounds.removeFirst().atMs() + member.config.leaseMs();
    }
  }

  void end() {
    isOn = false;
    rounds.clear();
  }
}
