package dev.usher.booking;

import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;

/**
 * The booking room's way to the payment room. Every call has an outcome: when nobody answers in
 * time it is {@code Unanswered} or {@code NotAnswered}. Stages never fail.
 */
public interface Payments {
  /**
   * By way of the node's payment actor; safe for any thread.
   *
   * @param scheduler of an actor system that outlives those who pay
   * @param timeout of each call
   */
  static Payments by(
      ActorRef<PaymentProtocol.Request> room, Scheduler scheduler, Duration timeout) {
    return new AskedPayments(scheduler, room, timeout);
  }

  CompletionStage<AuthorizeOutcome> authorize(Authorization wanted);

  CompletionStage<SettleOutcome> capture(String paymentId, String bookingId);

  CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId);

  CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence);

  CompletionStage<Lookup<Optional<Payment>>> find(String paymentId);

  CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId);

  CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs);

  /** Everybody's payments, newest first. */
  CompletionStage<Lookup<Page>> list(int limit, String startingAfter);
}
