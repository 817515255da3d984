package dev.usher.payment;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A card acquirer. Every call is idempotent by its key: repeating it gives the same outcome and
 * moves no money twice. Stages never fail: trouble is a value. Amounts are minor units of an ISO
 * 4217 currency.
 */
public interface PaymentProvider {
  /** Turns a card into a token; the number is neither kept nor logged. */
  CompletionStage<MethodOutcome> createPaymentMethod(Card card, String idempotencyKey);

  /** Reserves the amount. The key is derived from the booking id and the attempt. */
  CompletionStage<AuthorizeOutcome> authorize(Authorization authorization);

  /** Moves the whole reserved amount; capturing twice is capturing once. */
  CompletionStage<SettleOutcome> capture(String paymentId, String bookingId);

  /** Gives the reservation up; voiding twice is voiding once. */
  CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId);

  /** Gives money back; {@code sequence} numbers the refunds of a booking from 1. */
  CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence);

  CompletionStage<Lookup<Optional<Payment>>> find(String paymentId);

  /** All payments of a booking, newest first. */
  CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId);

  /** A user's payments, newest first; of everybody when empty. At most {@code limit}. */
  CompletionStage<Lookup<Page>> list(Optional<String> userId, int limit, String startingAfter);

  /** Authorized and neither captured nor voided, older than the given time; at most 100. */
  CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs);

  /**
   * A card as typed by its owner.
   *
   * @param number 12 to 19 digits
   */
  record Card(String number, int expMonth, int expYear, String cvc) {
    @Override
    public String toString() {
      return "Card[…]";
    }
  }

  /**
   * What to reserve.
   *
   * @param booking {@code events/{event}/bookings/{booking}}, kept with the payment
   */
  record Authorization(
      String booking,
      String bookingId,
      String userId,
      int attempt,
      long amountMinor,
      String currency,
      String paymentMethodId) {}

  sealed interface MethodOutcome {}

  record MethodCreated(String paymentMethodId, String brand, String last4)
      implements MethodOutcome {}

  sealed interface AuthorizeOutcome {}

  record Authorized(String paymentId) implements AuthorizeOutcome {}

  /**
   * The answer is no, and it is final for this attempt.
   *
   * @param declineCode the provider's, for example {@code insufficient_funds}
   */
  record Declined(String declineCode, String message) implements AuthorizeOutcome, MethodOutcome {}

  sealed interface SettleOutcome {}

  /** Done, now or before. */
  record Settled(Payment payment) implements SettleOutcome {}

  /** Definitely impossible, for example capturing what was voided. */
  record Impossible(String code, String message) implements SettleOutcome {}

  /** The provider could not be asked, or did not answer: the outcome is not known. Query it. */
  record Unanswered(String message) implements AuthorizeOutcome, SettleOutcome, MethodOutcome {}

  /** What a query gave. */
  sealed interface Lookup<T> {}

  record Found<T>(T value) implements Lookup<T> {}

  record NotAnswered<T>(String message) implements Lookup<T> {}

  record Page(List<Payment> payments, boolean hasMore) {}

  enum PaymentState {
    DECLINED,
    AUTHORIZED,
    CAPTURED,
    VOIDED,
    REFUNDED
  }

  record Payment(
      String paymentId,
      PaymentState state,
      String userId,
      String booking,
      String bookingId,
      long amountMinor,
      long capturedMinor,
      long refundedMinor,
      String currency,
      long createTimeMs) {}
}
