package dev.usher.booking;

import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import dev.usher.payment.PaymentProvider.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The {@link Bank} at a distance: while it is down, what it is asked for is done or not, and never
 * answered.
 */
final class SimPayments implements Payments {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Bank bank;
  private final SimClock clock;
  private long downUntilMs;

  SimPayments(Bank bank, SimClock clock) {
    this.bank = bank;
    this.clock = clock;
  }

  void goDown(Duration outage) {
    downUntilMs = clock.nowMs() + outage.toMillis();
  }

  private <R> CompletionStage<R> call(Supplier<CompletionStage<R>> send, R silence) {
    var answer = new CompletableFuture<R>();
    if (clock.nowMs() < downUntilMs) {
      if (clock.random().nextBoolean()) {
        clock.soon(() -> send.get().thenAccept(unheard -> {}));
      }
      clock.after(TIMEOUT, () -> answer.complete(silence));
    } else {
      clock.soon(() -> send.get().thenAccept(result -> clock.soon(() -> answer.complete(result))));
    }
    return answer;
  }

  @Override
  public CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    return call(() -> bank.authorize(wanted), new Unanswered("down"));
  }

  @Override
  public CompletionStage<SettleOutcome> capture(String paymentId, String bookingId) {
    return call(() -> bank.capture(paymentId, bookingId), new Unanswered("down"));
  }

  @Override
  public CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId) {
    return call(() -> bank.voidAuthorization(paymentId, bookingId), new Unanswered("down"));
  }

  @Override
  public CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    return call(
        () -> bank.refund(paymentId, bookingId, amountMinor, sequence), new Unanswered("down"));
  }

  @Override
  public CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    return call(() -> bank.find(paymentId), new NotAnswered<>("down"));
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId) {
    return call(() -> bank.findByBooking(bookingId), new NotAnswered<>("down"));
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs) {
    return call(() -> bank.openAuthorizations(createdBeforeMs), new NotAnswered<>("down"));
  }

  @Override
  public CompletionStage<Lookup<Page>> list(int limit, String startingAfter) {
    return call(() -> bank.list(Optional.empty(), limit, startingAfter), new NotAnswered<>("down"));
  }
}
