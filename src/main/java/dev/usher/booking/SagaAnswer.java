package dev.usher.booking;

import dev.usher.booking.QuickCheck.Verdict;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import dev.usher.seats.SeatOutcome;
import java.util.List;

/** What became of a {@link SagaStep}. */
sealed interface SagaAnswer {
  record Looked(Verdict verdict) implements SagaAnswer {}

  record Persisted() implements SagaAnswer {}

  record Asked(AuthorizeOutcome outcome) implements SagaAnswer {}

  record Payments(Lookup<List<Payment>> payments) implements SagaAnswer {}

  record GivenUp(SettleOutcome outcome) implements SagaAnswer {}

  record Proposed(SeatOutcome outcome) implements SagaAnswer {}

  record Tried(DebtPayer.Result result) implements SagaAnswer {}
}
