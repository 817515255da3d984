package dev.usher.raft;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The legal changes of role (figure 4 of the paper, with the pre-candidate of thesis §9.6).
 *
 * <pre>
 * from \ to      FOLLOWER            PRE_CANDIDATE        CANDIDATE        LEADER
 * FOLLOWER       a newer term        election timeout     TimeoutNow       never
 * PRE_CANDIDATE  a leader, a vote    timeout, once more   pre-votes        never
 * CANDIDATE      a leader            timeout              never            votes
 * LEADER         newer term, cut     never                never            never
 *                off, stuck disk
 * </pre>
 */
final class Transitions {
  private static final Map<Role, Set<Role>> LEGAL = new EnumMap<>(Role.class);

  static {
    LEGAL.put(Role.FOLLOWER, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE));
    LEGAL.put(Role.PRE_CANDIDATE, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE));
    LEGAL.put(Role.CANDIDATE, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.LEADER));
    LEGAL.put(Role.LEADER, EnumSet.of(Role.FOLLOWER));
  }

  private Transitions() {}

  static boolean isLegal(Role from, Role to) {
    return LEGAL.getOrDefault(from, Set.of()).contains(to);
  }
}
