package dev.usher.directory;

import dev.usher.directory.proto.Refusal;

/** What became of a directory command; as {@code SeatOutcome}. */
public sealed interface DirectoryOutcome {
  record Applied(long revision) implements DirectoryOutcome {}

  record Refused(long revision, Refusal refusal) implements DirectoryOutcome {}

  record Rejected(dev.usher.replica.Outcome.Reason reason) implements DirectoryOutcome {}

  record Unknown() implements DirectoryOutcome {}
}
