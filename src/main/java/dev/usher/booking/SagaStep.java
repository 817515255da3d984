package dev.usher.booking;

import dev.usher.booking.Bookings.Authorizing;
import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.PaymentUnknown;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.booking.Wanted.Price;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Refusal;
import java.time.Duration;

/** What a saga does next. One at a time; each may be done again without harm. */
sealed interface SagaStep {
  Unavailable NO_LEADER = new Unavailable("NO_LEADER", "No leader answered in time; try again.");
  Unavailable OUTCOME_UNKNOWN =
      new Unavailable(
          "OUTCOME_UNKNOWN", "The booking is not decided yet; ask again with the same request_id.");

  CrashPoint point();

  /** The order; every step is about one. */
  Wanted wanted();

  /** How long to wait before it is done. */
  default Duration pause() {
    return Duration.ZERO;
  }

  /** What to tell whoever can't wait until it is done. */
  Result interim();

  record Check(Wanted wanted, boolean interactive, Duration within) implements Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.CHECK;
    }

    @Override
    public Result interim() {
      return NO_LEADER;
    }
  }

  record Intend(Intent intent) implements AboutIntent, Own {
    @Override
    public CrashPoint point() {
      return CrashPoint.INTEND;
    }

    @Override
    public Result interim() {
      return OUTCOME_UNKNOWN;
    }
  }

  /**
   * What the log knows by now.
   *
   * @param voided whether the payment was found to be given up: without a booking that is the end
   */
  record Recheck(Intent intent, Duration pause, boolean voided) implements AboutIntent, Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.RECHECK;
    }

    @Override
    public Result interim() {
      return OUTCOME_UNKNOWN;
    }
  }

  record Authorize(Intent intent, Duration backoff) implements AboutIntent, Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.AUTHORIZE;
    }
  }

  /**
   * Makes the hold last as long as its payment may take, before that is waited for.
   *
   * @param then what takes long
   * @param ttl how long, from when the log decides
   */
  record KeepHold(AboutIntent then, Duration ttl, Duration pause) implements AboutIntent, Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.KEEP_HOLD;
    }

    @Override
    public Intent intent() {
      return then.intent();
    }

    @Override
    public Result interim() {
      return then.interim();
    }
  }

  record Query(Intent intent, Duration pause) implements AboutIntent, Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.QUERY;
    }
  }

  record AwaitBuyer(Intent intent, String paymentId, String nextActionUri, Duration pause)
      implements AboutIntent, Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.AWAIT_BUYER;
    }

    @Override
    public Result interim() {
      return new Authorizing(wanted().eventId(), intent.bookingId(), nextActionUri);
    }
  }

  /** What the buyer did meanwhile wins: whether it could be given up, the provider says. */
  record StopWaiting(Intent intent, String paymentId) implements AboutIntent, Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.STOP_WAITING;
    }
  }

  record Decline(Intent intent, String declineCode, String message) implements AboutIntent, Own {
    @Override
    public CrashPoint point() {
      return CrashPoint.DECLINE;
    }

    @Override
    public Result interim() {
      return new Refused(Refusals.declined(declineCode, message));
    }
  }

  /**
   * With the same key until the outcome is known.
   *
   * @param paymentId empty when the seats cost nothing
   */
  record Commit(Wanted wanted, Price price, String paymentId, Duration pause, Duration backoff)
      implements Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.COMMIT;
    }

    @Override
    public Result interim() {
      return OUTCOME_UNKNOWN;
    }
  }

  /** Makes the request table tell whether it is the same order (G7). */
  record Repeat(Wanted wanted, BookingRecord booking) implements Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.REPEAT;
    }

    @Override
    public Result interim() {
      return OUTCOME_UNKNOWN;
    }
  }

  record Capture(Wanted wanted, BookingRecord booking) implements Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.CAPTURE;
    }

    @Override
    public Result interim() {
      return new Booked(booking);
    }
  }

  /** The seats went to somebody else, or the fence was faster. */
  record Void(Wanted wanted, BookingRecord booking, Refusal refusal) implements Outward {
    @Override
    public CrashPoint point() {
      return CrashPoint.VOID;
    }

    @Override
    public Result interim() {
      return new Refused(refusal);
    }
  }

  /**
   * The last one.
   *
   * @param last false: a repeat must look again
   * @param settled whether nothing of this saga is needed any more
   */
  record End(Wanted wanted, Result interim, boolean last, boolean settled) implements Own {
    @Override
    public CrashPoint point() {
      return CrashPoint.END;
    }
  }

  /** A step that the saga does itself. */
  sealed interface Own extends SagaStep {}

  /** A step that reaches out of the room. */
  sealed interface Outward extends SagaStep {}

  /** A step of a saga whose intent is in the journal, or about to be. */
  sealed interface AboutIntent extends SagaStep {
    Intent intent();

    @Override
    default Wanted wanted() {
      return intent().wanted();
    }

    @Override
    default Result interim() {
      return new PaymentUnknown(wanted().eventId(), intent().bookingId());
    }
  }
}
