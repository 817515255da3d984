package dev.usher.grpc;

import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.GetPaymentRequest;
import dev.usher.api.payment.v1.ListPaymentsRequest;
import dev.usher.api.payment.v1.ListPaymentsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.api.payment.v1.PaymentServicePowerApi;
import dev.usher.auth.Role;
import dev.usher.directory.Directory;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider;
import dev.usher.raft.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.japi.function.Function;

/** Cards and payments. */
final class PaymentGrpcService implements PaymentServicePowerApi {
  private static final int PAGE_DEFAULT = 50;

  /** As many as the provider lists in one answer. */
  private static final int PAGE_MOST = 100;

  /** The actor answers by itself in time; this much later it is taken to be gone. */
  private static final long ANSWER_SLACK_MS = 50;

  private final Gate gate;
  private final ActorSystem<?> system;
  private final ActorRef<PaymentProtocol.Request> payments;
  private final Directory directory;
  private final Requests requests;

  PaymentGrpcService(
      Gate gate,
      ActorSystem<?> system,
      ActorRef<PaymentProtocol.Request> payments,
      Directory directory,
      Requests requests) {
    this.gate = gate;
    this.system = system;
    this.payments = payments;
    this.directory = directory;
    this.requests = requests;
  }

  @Override
  public CompletionStage<PaymentMethod> createPaymentMethod(
      CreatePaymentMethodRequest in, Metadata metadata) {
    return gate.change("CreatePaymentMethod", metadata, call -> createPaymentMethod(in, call));
  }

  private CompletionStage<PaymentMethod> createPaymentMethod(
      CreatePaymentMethodRequest in, Call call) {
    var violations = new Violations();
    var card = Cards.parse(in.getCard(), violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var key = Requests.key(call.userId(), "CreatePaymentMethod", requestId);
    var timeout = call.timeout();
    return this.<PaymentProvider.MethodOutcome>ask(
            replyTo -> new PaymentProtocol.CreatePaymentMethod(card, key, timeout, replyTo),
            timeout)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case PaymentProvider.MethodCreated method -> keep(method, key, call);
                  case PaymentProvider.Declined no ->
                      throw Errors.of(
                          Reason.PAYMENT_DECLINED,
                          no.message(),
                          Map.of("declineCode", no.declineCode()));
                  case PaymentProvider.Impossible no ->
                      throw Errors.field(Reason.FIELD_INVALID, "card", no.message());
                  case PaymentProvider.Unanswered none -> throw providerUnavailable();
                });
  }

  /** Remembers whose the card is; only its owner may pay with it. */
  private CompletionStage<PaymentMethod> keep(
      PaymentProvider.MethodCreated method, String key, Call call) {
    var command =
        DirectoryCommand.newBuilder()
            .setAddPaymentMethod(
                AddPaymentMethod.newBuilder()
                    .setUserId(call.userId())
                    .setPaymentMethodId(method.paymentMethodId())
                    .setBrand(method.brand())
                    .setLast4(method.last4()))
            .build();
    // Taken from the token, not the card: a digest of a card number can be turned back into it.
    var fingerprint =
        Bytes.wrap(Digests.sha256(method.paymentMethodId(), method.brand(), method.last4()));
    return directory
        .propose(key, fingerprint, command, call.timeout())
        .thenApply(outcome -> Outcomes.applied(outcome, directory.replica().leader()))
        .thenApply(
            done ->
                PaymentMethod.newBuilder()
                    .setName(ResourceNames.paymentMethod(method.paymentMethodId()))
                    .setBrand(method.brand())
                    .setLast4(method.last4())
                    .build());
  }

  @Override
  public CompletionStage<Payment> getPayment(GetPaymentRequest in, Metadata metadata) {
    return gate.read("GetPayment", metadata, call -> getPayment(in, call));
  }

  private CompletionStage<Payment> getPayment(GetPaymentRequest in, Call call) {
    var violations = new Violations();
    var paymentId = ResourceNames.parse(in.getName(), "payments", "name", violations);
    violations.check();
    var timeout = call.timeout();
    return this.<PaymentProvider.Lookup<Optional<PaymentProvider.Payment>>>ask(
            replyTo -> new PaymentProtocol.Find(paymentId, timeout, replyTo), timeout)
        .thenApply(PaymentGrpcService::found)
        .thenApply(
            payment ->
                payment
                    .filter(p -> p.userId().equals(call.userId()) || call.has(Role.FINANCE))
                    .map(PaymentGrpcService::message)
                    .orElseThrow(() -> Errors.notFound(in.getName())));
  }

  @Override
  public CompletionStage<ListPaymentsResponse> listPayments(
      ListPaymentsRequest in, Metadata metadata) {
    return gate.read("ListPayments", metadata, call -> listPayments(in, call));
  }

  private CompletionStage<ListPaymentsResponse> listPayments(ListPaymentsRequest in, Call call) {
    var violations = new Violations();
    var whose = whose(in.getUser(), call, violations);
    var pages = new Pages("ListPayments " + whose.orElse("-"), PAGE_DEFAULT, PAGE_MOST);
    var window = pages.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    if (!whose.equals(Optional.of(call.userId())) && !call.has(Role.FINANCE)) {
      throw Errors.of(
          Reason.ROLE_REQUIRED,
          "Only finance may list the payments of others.",
          Map.of("roles", Role.FINANCE.name()));
    }
    var timeout = call.timeout();
    return this.<PaymentProvider.Lookup<PaymentProvider.Page>>ask(
            replyTo ->
                new PaymentProtocol.ListPayments(
                    whose, window.size(), window.after(), timeout, replyTo),
            timeout)
        .thenApply(PaymentGrpcService::found)
        .thenApply(page -> response(page, pages));
  }

  /** The user whose payments are wanted; empty: everybody's. */
  private static Optional<String> whose(String user, Call call, Violations violations) {
    if (user.isEmpty()) {
      return Optional.of(call.userId());
    }
    var id = ResourceNames.parse(user, "users", "user", violations);
    return switch (id) {
      case "me" -> Optional.of(call.userId());
      case ResourceNames.ANY -> Optional.empty();
      default -> Optional.of(id);
    };
  }

  private static ListPaymentsResponse response(PaymentProvider.Page page, Pages pages) {
    var response = ListPaymentsResponse.newBuilder();
    for (var payment : page.payments()) {
      response.addPayments(message(payment));
    }
    if (page.hasMore() && !page.payments().isEmpty()) {
      var last = page.payments().get(page.payments().size() - 1);
      response.setNextPageToken(pages.seal(last.paymentId()));
    }
    return response.build();
  }

  private <R> CompletionStage<R> ask(
      Function<ActorRef<R>, PaymentProtocol.Request> message, Duration timeout) {
    return AskPattern.ask(
        payments, message, timeout.plusMillis(ANSWER_SLACK_MS), system.scheduler());
  }

  private static <T> T found(PaymentProvider.Lookup<T> lookup) {
    return switch (lookup) {
      case PaymentProvider.Found<T> found -> found.value();
      case PaymentProvider.NotAnswered<T> none -> throw providerUnavailable();
    };
  }

  private static CallException providerUnavailable() {
    return Errors.of(
        Reason.PROVIDER_UNAVAILABLE, "The payment provider did not answer; try again.");
  }

  private static Payment message(PaymentProvider.Payment payment) {
    var currency = payment.currency();
    return Payment.newBuilder()
        .setName(ResourceNames.payment(payment.paymentId()))
        .setState(
            switch (payment.state()) {
              case REQUIRES_ACTION -> Payment.State.STATE_REQUIRES_ACTION;
              case DECLINED -> Payment.State.STATE_DECLINED;
              case AUTHORIZED -> Payment.State.STATE_AUTHORIZED;
              case CAPTURED -> Payment.State.STATE_CAPTURED;
              case VOIDED -> Payment.State.STATE_VOIDED;
              case REFUNDED -> Payment.State.STATE_REFUNDED;
            })
        .setUser(ResourceNames.user(payment.userId()))
        .setBooking(payment.booking())
        .setAmount(Monies.of(payment.amountMinor(), currency))
        .setCaptured(Monies.of(payment.capturedMinor(), currency))
        .setRefunded(Monies.of(payment.refundedMinor(), currency))
        .setCreateTime(Requests.timestamp(payment.createTimeMs()))
        .setNextActionUri(payment.nextActionUri().orElse(""))
        .setDeclineCode(payment.declineCode().orElse(""))
        .build();
  }
}
