package dev.usher.grpc;

import dev.usher.api.payment.v1.CancelPaymentRequest;
import dev.usher.api.payment.v1.CapturePaymentRequest;
import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.CreateRefundRequest;
import dev.usher.api.payment.v1.Payment;
import dev.usher.directory.Directory;
import dev.usher.grpc.Monies.Amount;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Money that belongs to no booking. A booking's payment is its saga's alone: capturing, voiding or
 * refunding it from here would break G2 and G9 behind the log's back, so it is refused, and the
 * refusal says what to do instead.
 */
final class PaymentCalls {
  private final PaymentAsks asks;
  private final Directory directory;
  private final InstantSource clock;

  /**
   * @param clock when an authorization was asked for
   */
  PaymentCalls(PaymentAsks asks, Directory directory, InstantSource clock) {
    this.asks = asks;
    this.directory = directory;
    this.clock = clock;
  }

  CompletionStage<Payment> create(CreatePaymentRequest in, Call call) {
    var violations = new Violations();
    var amount = amount(in.getPayment().getAmount(), "payment.amount", violations);
    var methodId =
        ResourceNames.parsePaymentMethod(in.getPaymentMethod(), "payment_method", violations);
    var requestId = violations.required("request_id", in.getRequestId(), Requests.LONGEST_ID);
    violations.check();
    var id = HexFormat.of().formatHex(digest(call, requestId), 0, 16);
    var wanted =
        new Authorization(
            "",
            "payment-" + id,
            call.userId(),
            1,
            amount.minor(),
            amount.currency(),
            methodId,
            true,
            clock.millis());
    return owned(methodId, call)
        .thenCompose(yes -> before(wanted, call))
        .thenCompose(
            before ->
                before.isEmpty()
                    ? authorize(wanted, call)
                    : CompletableFuture.completedFuture(again(before.getFirst(), wanted)));
  }

  private CompletionStage<Boolean> owned(String methodId, Call call) {
    return directory
        .read(view -> view.ownsPaymentMethod(call.userId(), methodId), call.timeout())
        .thenApply(
            owned -> {
              if (!owned) {
                throw Errors.notFound(ResourceNames.paymentMethod(methodId));
              }
              return true;
            });
  }

  /**
   * Asked first: this edge doesn't remember how old a request id is, and the provider's keys do.
   */
  private CompletionStage<List<PaymentProvider.Payment>> before(Authorization wanted, Call call) {
    var timeout = call.timeout();
    return asks.<Lookup<List<PaymentProvider.Payment>>>ask(
            to -> new PaymentProtocol.FindByBooking(wanted.bookingId(), timeout, to), timeout)
        .thenApply(PaymentAsks::found);
  }

  private static Payment again(PaymentProvider.Payment before, Authorization wanted) {
    if (before.amountMinor() != wanted.amountMinor()
        || !before.currency().equals(wanted.currency())) {
      throw Errors.field(
          Reason.REQUEST_ID_REUSED, "request_id", "was used for another amount; take a new one");
    }
    if (before.state() == PaymentProvider.PaymentState.DECLINED) {
      throw PaymentMessages.declined(
          new PaymentProvider.Declined(
              before.declineCode().orElse("generic_decline"), "The card was declined."));
    }
    return PaymentMessages.of(before);
  }

  private CompletionStage<Payment> authorize(Authorization wanted, Call call) {
    var timeout = call.timeout();
    return asks.<AuthorizeOutcome>ask(
            to -> new PaymentProtocol.Authorize(wanted, timeout, to), timeout)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case PaymentProvider.Authorized(var id) -> find(id, call);
                  case PaymentProvider.RequiresAction(var id, var page) -> find(id, call);
                  case PaymentProvider.Declined no -> throw PaymentMessages.declined(no);
                  case PaymentProvider.Impossible no ->
                      throw Errors.field(Reason.FIELD_INVALID, "payment", no.message());
                  case PaymentProvider.Unanswered none -> throw Errors.outcomeUnknown();
                })
        .thenApply(PaymentMessages::of);
  }

  CompletionStage<Payment> capture(CapturePaymentRequest in, Call call) {
    var violations = new Violations();
    var id = ResourceNames.parse(in.getName(), "payments", "name", violations);
    var part =
        in.hasAmount()
            ? Optional.of(amount(in.getAmount(), "amount", violations))
            : Optional.<Amount>empty();
    violations.limited("request_id", in.getRequestId(), Requests.LONGEST_ID);
    violations.check();
    return free(id, call)
        .thenCompose(
            payment -> {
              part.ifPresent(amount -> requireWithin(amount, payment));
              var minor = part.map(a -> OptionalLong.of(a.minor())).orElse(OptionalLong.empty());
              return settle(
                  call,
                  to -> new PaymentProtocol.Capture(id, key(payment), minor, call.timeout(), to));
            })
        .thenApply(
            captured -> {
              if (part.isPresent() && captured.capturedMinor() != part.get().minor()) {
                throw state("another amount of it was captured before", "amount_captured");
              }
              return PaymentMessages.of(captured);
            });
  }

  CompletionStage<Payment> cancel(CancelPaymentRequest in, Call call) {
    var violations = new Violations();
    var id = ResourceNames.parse(in.getName(), "payments", "name", violations);
    violations.limited("request_id", in.getRequestId(), Requests.LONGEST_ID);
    violations.check();
    return free(id, call)
        .thenCompose(
            payment ->
                settle(
                    call,
                    to ->
                        new PaymentProtocol.VoidAuthorization(
                            id, key(payment), call.timeout(), to)))
        .thenApply(PaymentMessages::of);
  }

  CompletionStage<Payment> refund(CreateRefundRequest in, Call call) {
    var violations = new Violations();
    var id = ResourceNames.parse(in.getParent(), "payments", "parent", violations);
    var amount = amount(in.getAmount(), "amount", violations);
    var requestId = violations.required("request_id", in.getRequestId(), Requests.LONGEST_ID);
    violations.check();
    int number = ByteBuffer.wrap(digest(call, requestId)).getInt() & Integer.MAX_VALUE;
    return free(id, call)
        .thenCompose(
            payment -> {
              requireWithin(amount, payment);
              return settle(
                  call,
                  to ->
                      new PaymentProtocol.Refund(
                          id, key(payment), amount.minor(), number, call.timeout(), to));
            })
        .thenApply(PaymentMessages::of);
  }

  /** The payment, if it is nobody's but finance's. */
  private CompletionStage<PaymentProvider.Payment> free(String id, Call call) {
    return find(id, call)
        .thenApply(
            payment -> {
              if (!payment.booking().isEmpty()) {
                throw Errors.of(
                    Reason.PAYMENT_OF_BOOKING,
                    "The payment belongs to "
                        + payment.booking()
                        + ", which captures, voids and refunds it by itself; to give the money"
                        + " back, cancel the booking.",
                    Map.of("booking", payment.booking()));
              }
              return payment;
            });
  }

  private CompletionStage<PaymentProvider.Payment> find(String id, Call call) {
    var timeout = call.timeout();
    return asks.<Lookup<Optional<PaymentProvider.Payment>>>ask(
            to -> new PaymentProtocol.Find(id, timeout, to), timeout)
        .thenApply(PaymentAsks::found)
        .thenApply(found -> found.orElseThrow(() -> Errors.notFound(ResourceNames.payment(id))));
  }

  private CompletionStage<PaymentProvider.Payment> settle(
      Call call,
      org.apache.pekko.japi.function.Function<ActorRef<SettleOutcome>, PaymentProtocol.Request>
          request) {
    return asks.<SettleOutcome>ask(request, call.timeout())
        .thenApply(
            outcome ->
                switch (outcome) {
                  case PaymentProvider.Settled(var payment) -> payment;
                  case PaymentProvider.Impossible no -> throw state(no.message(), no.code());
                  case PaymentProvider.Unanswered none -> throw Errors.outcomeUnknown();
                });
  }

  private static CallException state(String why, String code) {
    return Errors.of(
        Reason.PAYMENT_STATE, "The payment can't be changed so: " + why, Map.of("code", code));
  }

  /** A payment that was made past Usher has no booking id. */
  private static String key(PaymentProvider.Payment payment) {
    return payment.bookingId().isEmpty() ? payment.paymentId() : payment.bookingId();
  }

  private static byte[] digest(Call call, String requestId) {
    return Digests.sha256(call.userId(), requestId);
  }

  private static Amount amount(com.google.type.Money money, String field, Violations violations) {
    var amount = Monies.parse(money, field, violations);
    if (amount.isPresent() && amount.get().minor() == 0) {
      violations.add(field, "must be more than nothing");
    }
    return amount.orElse(new Amount(0, ""));
  }

  private static void requireWithin(Amount amount, PaymentProvider.Payment payment) {
    var violations = new Violations();
    if (!amount.currency().equals(payment.currency())) {
      violations.add("amount.currency_code", "must be the payment's, " + payment.currency());
    } else if (amount.minor() > payment.amountMinor()) {
      violations.add("amount", "must not be more than the payment");
    }
    violations.check();
  }
}
