package dev.usher.booking;

import dev.usher.booking.SagaStep.AboutIntent;
import dev.usher.booking.SagaStep.KeepHold;
import dev.usher.replica.Outcome.Reason;
import dev.usher.seats.SeatOutcome;
import java.time.Duration;

/**
 * Where a saga keeps the hold that it pays with: before each wait whose end nobody knows, so that a
 * hold lives as long as its payment can still succeed (docs/booking.md §2). A payment that is
 * answered at once needs none of it, and has no entry in the log for it.
 */
final class HoldKeeper {
  /** What a payment that succeeds in the last moment needs until its commit is in the log. */
  private static final Duration COMMIT_MARGIN = Duration.ofMinutes(1);

  private final SagaSettings settings;

  HoldKeeper(SagaSettings settings) {
    this.settings = settings;
  }

  /** What comes before a step that may take long. */
  SagaStep before(AboutIntent slow) {
    return slow.wanted().holdId().isEmpty()
        ? slow
        : new KeepHold(slow, settings.buyerPatience().plus(COMMIT_MARGIN), Duration.ZERO);
  }

  /** A hold that is over is no end of the payment: its seats may still be free (row 14). */
  SagaStep after(KeepHold keep, SeatOutcome outcome) {
    return switch (outcome) {
      case SeatOutcome.Applied applied -> keep.then();
      case SeatOutcome.Refused refused -> keep.then();
      case SeatOutcome.Rejected(var reason) when reason == Reason.REQUEST_ID_REUSED -> keep.then();
      case SeatOutcome.Rejected rejected -> again(keep);
      case SeatOutcome.Unknown unknown -> again(keep);
    };
  }

  private SagaStep again(KeepHold keep) {
    return new KeepHold(keep.then(), keep.ttl(), settings.after(keep.pause()));
  }
}
