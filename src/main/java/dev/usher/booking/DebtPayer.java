package dev.usher.booking;

import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.SettleOutcome;
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
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

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

  private final Scheduler scheduler;
  private final ActorRef<PaymentProtocol.Request> payments;
  private final SeatGroups seats;
  private final Duration timeout;

  /**
   * @param scheduler of an actor system that outlives those who pay
   * @param timeout for each of the two steps
   */
  public DebtPayer(
      Scheduler scheduler,
      ActorRef<PaymentProtocol.Request> payments,
      SeatGroups seats,
      Duration timeout) {
    this.scheduler = scheduler;
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
    return ask(to ->
            new PaymentProtocol.Capture(
                booking.getPaymentId(), booking.getBookingId(), OptionalLong.empty(), timeout, to))
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Settled settled -> recordCapture(booking, settled.payment());
                  case Unanswered unanswered -> stillOwed(unanswered.message());
                  case Impossible impossible -> captureImpossible(booking, impossible);
                });
  }

  private CompletionStage<Result> captureImpossible(BookingRecord booking, Impossible impossible) {
    return find(booking.getPaymentId())
        .thenCompose(
            lookup ->
                switch (lookup) {
                  case NotAnswered<Optional<Payment>> none -> stillOwed(none.message());
                  case Found<Optional<Payment>> found ->
                      captureImpossible(booking, found.value(), impossible);
                });
  }

  private CompletionStage<Result> captureImpossible(
      BookingRecord booking, Optional<Payment> payment, Impossible impossible) {
    return switch (payment.map(Payment::state).orElse(PaymentState.VOIDED)) {
      case CAPTURED, REFUNDED -> recordCapture(booking, payment.orElseThrow());
      case VOIDED, DECLINED -> release(booking);
      // Reserved still, but not to be had: nothing may stay reserved once the seats are free.
      case AUTHORIZED, REQUIRES_ACTION ->
          voidAtProvider(booking.getPaymentId(), booking.getBookingId())
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
    return voidAtProvider(booking.getPaymentId(), booking.getBookingId())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Settled settled -> recordVoid(booking);
                  case Unanswered unanswered -> stillOwed(unanswered.message());
                  case Impossible impossible -> voidImpossible(booking, impossible);
                });
  }

  /** The capture was faster: then the log is told, and turns the void into a refund. */
  private CompletionStage<Result> voidImpossible(BookingRecord booking, Impossible impossible) {
    return find(booking.getPaymentId())
        .thenCompose(
            lookup ->
                switch (lookup) {
                  case NotAnswered<Optional<Payment>> none -> stillOwed(none.message());
                  case Found<Optional<Payment>> found ->
                      switch (found.value().map(Payment::state).orElse(PaymentState.VOIDED)) {
                        case CAPTURED, REFUNDED ->
                            recordCapture(booking, found.value().orElseThrow());
                        case VOIDED, DECLINED -> recordVoid(booking);
                        case AUTHORIZED, REQUIRES_ACTION ->
                            stillOwed("void impossible: " + impossible.code());
                      };
                });
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
    return ask(to ->
            new PaymentProtocol.Refund(
                booking.getPaymentId(), booking.getBookingId(), amountMinor, sequence, timeout, to))
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Settled settled -> recordRefund(booking, settled.payment(), sequence);
                  case Unanswered unanswered -> stillOwed(unanswered.message());
                  case Impossible impossible -> refundImpossible(booking, sequence, impossible);
                });
  }

  private CompletionStage<Result> refundImpossible(
      BookingRecord booking, int sequence, Impossible impossible) {
    return find(booking.getPaymentId())
        .thenCompose(
            lookup ->
                lookup instanceof Found<Optional<Payment>>(var payment)
                        && payment.isPresent()
                        && payment.get().refundedMinor() > booking.getRefundedMinor()
                    ? recordRefund(booking, payment.get(), sequence)
                    : stillOwed("refund impossible: " + impossible.code()));
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

  /** Voids without a record: for an authorization that no booking has. */
  CompletionStage<SettleOutcome> voidAtProvider(String paymentId, String bookingId) {
    return ask(to -> new PaymentProtocol.VoidAuthorization(paymentId, bookingId, timeout, to));
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

  private CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    return AskPattern.<PaymentProtocol.Request, Lookup<Optional<Payment>>>ask(
            payments,
            to -> new PaymentProtocol.Find(paymentId, timeout, to),
            timeout.multipliedBy(2),
            scheduler)
        .exceptionally(silent -> new NotAnswered<>("the payment room did not answer in time"));
  }

  private CompletionStage<SettleOutcome> ask(
      Function<ActorRef<SettleOutcome>, PaymentProtocol.Request> request) {
    return AskPattern.<PaymentProtocol.Request, SettleOutcome>ask(
            payments, request::apply, timeout.multipliedBy(2), scheduler)
        .exceptionally(silent -> new Unanswered("the payment room did not answer in time"));
  }

  private static CompletionStage<Result> stillOwed(String why) {
    return CompletableFuture.completedFuture(new StillOwed(why));
  }
}
