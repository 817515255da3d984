package dev.usher.payment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A card acquirer. Every call is idempotent by its key: repeating it gives the same outcome and
 * moves no money twice. Stages never fail: trouble is a value, and there are three kinds of it that
 * must not be confused: {@link Declined} (the card's issuer says no), {@link Impossible}
 * (definitely not done, whatever the card) and {@link Unanswered} (not known: query it). Amounts
 * are minor units of an ISO 4217 currency.
 */
public interface PaymentProvider {
  /** Turns a user's card into a token to pay with again; the number is neither kept nor logged. */
  CompletionStage<MethodOutcome> createPaymentMethod(
      Card card, String userId, String idempotencyKey);

  /** Nothing can be paid with it any more; what was paid stays. Deleting twice is deleting once. */
  CompletionStage<DeleteOutcome> deletePaymentMethod(String paymentMethodId);

  /**
   * Reserves the amount. The key is derived from the booking id and the attempt; an attempt that is
   * older than a key's life is looked for and never asked for again (crash matrix, row 20), and one
   * that came to an error which the provider repeats is looked for as well.
   */
  CompletionStage<AuthorizeOutcome> authorize(Authorization authorization);

  /**
   * Moves the reserved amount, or a part of it and gives up the rest; capturing twice is capturing
   * once.
   *
   * @param amountMinor the part; empty: all of it
   */
  CompletionStage<SettleOutcome> capture(
      String paymentId, String bookingId, OptionalLong amountMinor);

  /** Moves the whole reserved amount. */
  default CompletionStage<SettleOutcome> capture(String paymentId, String bookingId) {
    return capture(paymentId, bookingId, OptionalLong.empty());
  }

  /**
   * Gives the reservation up, or the wait for the buyer's authentication; voiding twice is voiding
   * once.
   */
  CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId);

  /** Gives money back; {@code sequence} numbers the refunds of a booking from 1. */
  CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence);

  CompletionStage<Lookup<Optional<Payment>>> find(String paymentId);

  /**
   * All payments of a booking, newest first: what each came to, a decline with its code, an
   * authentication that is awaited with its page. None: nothing was ever asked for, or (a real
   * provider's search lags) within the last minute.
   */
  CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId);

  /** A user's payments, newest first; of everybody when empty. At most {@code limit}. */
  CompletionStage<Lookup<Page>> list(Optional<String> userId, int limit, String startingAfter);

  /**
   * Authorized for a booking and neither captured nor voided, older than the given time; at most
   * 100. Without those that wait for the buyer's authentication: they hold no money.
   */
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
   * @param booking {@code events/{event}/bookings/{booking}}, kept with the payment; empty for a
   *     payment of no booking
   * @param interactive whether the buyer can be sent to a page of the card's issuer (3-D Secure);
   *     if not, a card that needs it is declined
   * @param firstAskedMs when this attempt was asked for the first time, milliseconds since 1970:
   *     the age of its key
   */
  record Authorization(
      String booking,
      String bookingId,
      String userId,
      int attempt,
      long amountMinor,
      String currency,
      String paymentMethodId,
      boolean interactive,
      long firstAskedMs) {}

  sealed interface MethodOutcome {}

  record MethodCreated(String paymentMethodId, String brand, String last4)
      implements MethodOutcome {}

  sealed interface DeleteOutcome {}

  /** Gone, now or before. */
  record Deleted() implements DeleteOutcome {}

  sealed interface AuthorizeOutcome {}

  record Authorized(String paymentId) implements AuthorizeOutcome {}

  /**
   * Nothing is reserved yet: the buyer has to authenticate at the card's issuer (3-D Secure). What
   * it came to is for {@link #find} and {@link #findByBooking} to say.
   *
   * @param nextActionUri the page to send the buyer to
   */
  record RequiresAction(String paymentId, String nextActionUri) implements AuthorizeOutcome {}

  /**
   * The answer is no, and it is final for this attempt.
   *
   * @param declineCode the provider's, for example {@code insufficient_funds}
   */
  record Declined(String declineCode, String message) implements AuthorizeOutcome, MethodOutcome {}

  sealed interface SettleOutcome {}

  /** Done, now or before. */
  record Settled(Payment payment) implements SettleOutcome {}

  /**
   * Definitely not done, and not for the card's sake: for example capturing what was voided, paying
   * with a card that was never stored. Asking again gives the same.
   */
  record Impossible(String code, String message)
      implements AuthorizeOutcome, SettleOutcome, MethodOutcome {}

  /** The provider could not be asked, or did not answer: the outcome is not known. Query it. */
  record Unanswered(String message)
      implements AuthorizeOutcome, SettleOutcome, MethodOutcome, DeleteOutcome {}

  /** What a query gave. */
  sealed interface Lookup<T> {}

  record Found<T>(T value) implements Lookup<T> {}

  record NotAnswered<T>(String message) implements Lookup<T> {}

  record Page(List<Payment> payments, boolean hasMore) {}

  enum PaymentState {
    /** Waits for the buyer's authentication; may still become any other. */
    REQUIRES_ACTION,
    DECLINED,
    AUTHORIZED,
    CAPTURED,
    VOIDED,
    REFUNDED
  }

  /**
   * A payment as the provider knows it.
   *
   * @param capturedMinor less than the amount after a partial capture
   * @param declineCode of a DECLINED one, for example {@code insufficient_funds}
   * @param nextActionUri of a REQUIRES_ACTION one: the page to send the buyer to
   */
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
      long createTimeMs,
      Optional<String> declineCode,
      Optional<String> nextActionUri) {}
}
