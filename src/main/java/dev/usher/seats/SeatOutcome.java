package dev.usher.seats;

import dev.usher.seats.proto.Done;
import dev.usher.seats.proto.Refusal;

/** What became of a seat command. */
public sealed interface SeatOutcome {
  /** Applied at {@code revision}. */
  record Applied(long revision, Done done) implements SeatOutcome {}

  /** Refused by the state machine at {@code revision}: final. */
  record Refused(long revision, Refusal refusal) implements SeatOutcome {}

  /** Never proposed, and never will be. */
  record Rejected(dev.usher.replica.Outcome.Reason reason) implements SeatOutcome {}

  /** May or may not come to be: ask again with the same request key. */
  record Unknown() implements SeatOutcome {}
}
