package dev.usher.replica;

/** What became of a change of the cluster's members. */
public sealed interface MemberOutcome {
  /** It is so, in every group; by this call or an earlier one. */
  record Done() implements MemberOutcome {}

  /** There is no such member. */
  record NoSuchMember() implements MemberOutcome {}

  /** As things are it can't be; the sentence says why. Some groups may have been changed. */
  record Refused(String why) implements MemberOutcome {}

  /**
   * Not in the time that was given: the same call again goes on. The sentence says what it lacks.
   */
  record NotYet(String why) implements MemberOutcome {}
}
