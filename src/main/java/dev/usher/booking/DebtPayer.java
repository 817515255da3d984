package dev.usher.booking;

import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.RecordCapture;
import dev.usher.seats.proto.RecordRefund;
import dev.usher.seats.proto.RecordVoid;
import dev.usher.seats.proto.ReleaseUnpaid;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Pays what the log says is owed: first at the provider, then on the record. Sagas and the
 * reconciler pay through here, so a debt is paid the same way whoever does it, and paying twice is
 * paying once. What the provider calls impossible is looked up, never guessed. Safe for any thread;
 * stages never fail.
 */
public final class DebtPayer {
  sealed interface Result {}

  /** Paid and recorded; the record as it is now. */
  record Paid(BookingRecord booking) implements Result {}

  /** Not yet: the debt stays in the log. */
  record StillOwed(String why) implements Result {}

  private final Payments payments;
  private final SeatGroups seats;
  private final Duration timeout;

  /**
   * @param timeout for the record; the payments have their own
   */
  public DebtPayer(Payments payments, SeatGroups seats, Duration timeout) {
    this.payments = payments;
    this.seats = seats;
    this.timeout = timeout;
  }

  /** Pays one of the debts of a booking that has any: capture before void before refund. */
  CompletionStage<Result> pay(BookingRecord booking) {
    if (booking.getCaptureOwed()) {
      return capture(booking);
    }
    return booking.getVoidOwed() ? voidAuthorization(booking) : refund(booking);
  }

  /** T5 and T6. */
  CompletionStage<Result> capture(BookingRecord booking) {
    return payments
        .capture(booking.getPaymentId(), booking.getBookingId())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Settled settled -> recordCapture(booking, settled.payment());
                  case Unanswered unanswered -> stillOwed(unanswered.message());
                  case Impossible impossible ->
                      lookUp(booking, payment -> captureImpossible(booking, payment, impossible));
                });
  }

  private CompletionStage<Result> captureImpossible(
      BookingRecord booking, Optional<Payment> payment, Impossible impossible) {
    return switch (stateOf(payment)) {
      case CAPTURED, REFUNDED -> recordCapture(booking, payment.orElseThrow());
      case VOIDED, DECLINED -> release(booking);
      // Reserved still, but not to be had: nothing may stay reserved once the seats are free.
      case AUTHORIZED, REQUIRES_ACTION ->
          payments
              .voidAuthorization(booking.getPaymentId(), booking.getBookingId())
              .thenCompose(
                  outcome ->
                      outcome instanceof Settled
                          ? release(booking)
                          : stillOwed("capture impossible: " + impossible.code()));
    };
  }

  private CompletionStage<Result> release(BookingRecord booking) {
    return record(
        "release/" + booking.getBookingId(),
        SeatCommand.newBuilder()
            .setReleaseUnpaid(
                ReleaseUnpaid.newBuilder()
                    .setEventId(booking.getEventId())
                    .setBookingId(booking.getBookingId()))
            .build());
  }

  private CompletionStage<Result> recordCapture(BookingRecord booking, Payment payment) {
    return record(
        "captured/" + booking.getBookingId(),
        SeatCommand.newBuilder()
            .setRecordCapture(
                RecordCapture.newBuilder()
                    .setEventId(booking.getEventId())
                    .setBookingId(booking.getBookingId())
                    .setCapturedMinor(payment.capturedMinor()))
            .build());
  }

  /** Gives the authorization up, and records it. */
  CompletionStage<Result> voidAuthorization(BookingRecord booking) {
    return payments
        .voidAuthorization(booking.getPaymentId(), booking.getBookingId())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Settled settled -> recordVoid(booking);
                  case Unanswered unanswered -> stillOwed(unanswered.message());
                  case Impossible impossible ->
                      lookUp(booking, payment -> voidImpossible(booking, payment, impossible));
                });
  }

  /** The capture was faster: then the log is told, and turns the void into a refund. */
  private CompletionStage<Result> voidImpossible(
      BookingRecord booking, Optional<Payment> payment, Impossible impossible) {
    return switch (stateOf(payment)) {
      case CAPTURED, REFUNDED -> recordCapture(booking, payment.orElseThrow());
      case VOIDED, DECLINED -> recordVoid(booking);
      case AUTHORIZED, REQUIRES_ACTION -> stillOwed("void impossible: " + impossible.code());
    };
  }

  private CompletionStage<Result> recordVoid(BookingRecord booking) {
    // The revision tells one void from the next: a fenced booking can come to owe it again.
    return record(
        "voided/"
            + booking.getBookingId()
            + '/'
            + booking.getPaymentId()
            + '/'
            + booking.getRevision(),
        SeatCommand.newBuilder()
            .setRecordVoid(
                RecordVoid.newBuilder()
                    .setEventId(booking.getEventId())
                    .setBookingId(booking.getBookingId())
                    .setPaymentId(booking.getPaymentId()))
            .build());
  }

  /** Gives back all that is still kept of a cancelled booking. */
  CompletionStage<Result> refund(BookingRecord booking) {
    long amountMinor = booking.getCapturedMinor() - booking.getRefundedMinor();
    int sequence = booking.getRefundedMinor() == 0 ? 1 : 2;
    return payments
        .refund(booking.getPaymentId(), booking.getBookingId(), amountMinor, sequence)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Settled settled -> recordRefund(booking, settled.payment(), sequence);
                  case Unanswered unanswered -> stillOwed(unanswered.message());
                  case Impossible impossible ->
                      lookUp(
                          booking,
                          payment -> refundImpossible(booking, payment, sequence, impossible));
                });
  }

  private CompletionStage<Result> refundImpossible(
      BookingRecord booking, Optional<Payment> payment, int sequence, Impossible impossible) {
    return payment.isPresent() && payment.get().refundedMinor() > booking.getRefundedMinor()
        ? recordRefund(booking, payment.get(), sequence)
        : stillOwed("refund impossible: " + impossible.code());
  }

  private CompletionStage<Result> recordRefund(
      BookingRecord booking, Payment payment, int sequence) {
    return record(
        "refunded/" + booking.getBookingId() + '/' + sequence,
        SeatCommand.newBuilder()
            .setRecordRefund(
                RecordRefund.newBuilder()
                    .setEventId(booking.getEventId())
                    .setBookingId(booking.getBookingId())
                    .setRefundedMinor(payment.refundedMinor()))
            .build());
  }

  private CompletionStage<Result> record(String requestKey, SeatCommand command) {
    return seats
        .propose(requestKey, command, timeout)
        .handle(
            (outcome, failure) ->
                failure != null ? new StillOwed("not recorded: " + failure) : result(outcome));
  }

  private static Result result(SeatOutcome outcome) {
    return switch (outcome) {
      case SeatOutcome.Applied applied -> new Paid(applied.done().getBooking());
      case SeatOutcome.Refused refused ->
          new StillOwed("record refused: " + refused.refusal().getReason());
      case SeatOutcome.Rejected rejected -> new StillOwed("not recorded: " + rejected.reason());
      case SeatOutcome.Unknown unknown -> new StillOwed("not known whether it is recorded");
    };
  }

  /** What the provider calls impossible is looked up: perhaps it was done before. */
  private CompletionStage<Result> lookUp(
      BookingRecord booking, Function<Optional<Payment>, CompletionStage<Result>> then) {
    return payments
        .find(booking.getPaymentId())
        .thenCompose(
            lookup ->
                switch (lookup) {
                  case NotAnswered<Optional<Payment>> none -> stillOwed(none.message());
                  case Found<Optional<Payment>> found -> then.apply(found.value());
                });
  }

  /** What the provider does not know is as good as given up. */
  private static PaymentState stateOf(Optional<Payment> payment) {
    return payment.map(Payment::state).orElse(PaymentState.VOIDED);
  }

  private static CompletionStage<Result> stillOwed(String why) {
    return CompletableFuture.completedFuture(new StillOwed(why));
  }
}
