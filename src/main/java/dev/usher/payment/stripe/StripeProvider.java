package dev.usher.payment.stripe;

import dev.usher.payment.PaymentProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Stripe's PaymentIntents, captured manually. Idempotency keys follow from the booking: {@code
 * ID/authorize/ATTEMPT}, {@code ID/refund/SEQUENCE}; a capture and a void need none. Stripe forgets
 * them after 24 hours; nothing is done twice even so, see {@link StripeAuthorizations} and {@link
 * StripeSettlements}. Stripe's search lags up to a minute behind; the sandbox's does not.
 */
public final class StripeProvider implements PaymentProvider, AutoCloseable {
  private final StripeHttp http;
  private final StripeMethods methods;
  private final StripeQueries queries;
  private final StripeAuthorizations authorizations;
  private final StripeSettlements settlements;

  public StripeProvider(StripeSettings settings) {
    this(settings, InstantSource.system());
  }

  /**
   * @param clock tells how old an attempt is
   */
  public StripeProvider(StripeSettings settings, InstantSource clock) {
    this.http = new StripeHttp(settings);
    this.methods = new StripeMethods(http);
    this.queries = new StripeQueries(http);
    this.authorizations = new StripeAuthorizations(http, queries, settings.returnUrl(), clock);
    this.settlements = new StripeSettlements(http, queries);
  }

  @Override
  public CompletionStage<MethodOutcome> createPaymentMethod(
      Card card, String userId, String idempotencyKey) {
    return methods.create(card, userId, idempotencyKey);
  }

  @Override
  public CompletionStage<DeleteOutcome> deletePaymentMethod(String paymentMethodId) {
    return methods.delete(paymentMethodId);
  }

  @Override
  public CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    return authorizations.authorize(wanted);
  }

  @Override
  public CompletionStage<SettleOutcome> capture(
      String paymentId, String bookingId, OptionalLong amountMinor) {
    return settlements.capture(paymentId, amountMinor);
  }

  @Override
  public CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId) {
    return settlements.voidAuthorization(paymentId);
  }

  @Override
  public CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    return settlements.refund(paymentId, bookingId, amountMinor, sequence);
  }

  @Override
  public CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    return queries.find(paymentId);
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId) {
    return queries.findByBooking(bookingId);
  }

  @Override
  public CompletionStage<Lookup<Page>> list(
      Optional<String> userId, int limit, String startingAfter) {
    return queries.list(userId, limit, startingAfter);
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs) {
    return queries.openAuthorizations(createdBeforeMs);
  }

  /** Gives up what is under way: those outcomes are unanswered. */
  @Override
  public void close() {
    http.close();
  }
}
