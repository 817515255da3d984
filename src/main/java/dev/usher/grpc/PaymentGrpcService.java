package dev.usher.grpc;

import com.google.protobuf.Empty;
import dev.usher.api.payment.v1.CancelPaymentRequest;
import dev.usher.api.payment.v1.CapturePaymentRequest;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.CreateRefundRequest;
import dev.usher.api.payment.v1.DeletePaymentMethodRequest;
import dev.usher.api.payment.v1.GetPaymentRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.ListPaymentsRequest;
import dev.usher.api.payment.v1.ListPaymentsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.api.payment.v1.PaymentServicePowerApi;
import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsResponse;
import dev.usher.auth.Role;
import dev.usher.booking.Audit;
import dev.usher.booking.LedgerUnreadableException;
import dev.usher.booking.Reconciliation;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.grpc.javadsl.Metadata;

/** Cards and payments. */
final class PaymentGrpcService implements PaymentServicePowerApi {
  private static final int PAGE_DEFAULT = 50;

  /** As many as the provider lists in one answer. */
  private static final int PAGE_MOST = 100;

  private final Gate gate;
  private final PaymentAsks asks;
  private final PaymentCalls calls;
  private final PaymentMethodCalls methods;
  private final Reconciliation reconciliation;

  PaymentGrpcService(
      Gate gate,
      PaymentAsks asks,
      PaymentCalls calls,
      PaymentMethodCalls methods,
      Reconciliation reconciliation) {
    this.gate = gate;
    this.asks = asks;
    this.calls = calls;
    this.methods = methods;
    this.reconciliation = reconciliation;
  }

  @Override
  public CompletionStage<PaymentMethod> createPaymentMethod(
      CreatePaymentMethodRequest in, Metadata metadata) {
    return gate.change("CreatePaymentMethod", metadata, call -> methods.create(in, call));
  }

  @Override
  public CompletionStage<ListPaymentMethodsResponse> listPaymentMethods(
      ListPaymentMethodsRequest in, Metadata metadata) {
    return gate.read("ListPaymentMethods", metadata, call -> methods.list(in, call));
  }

  @Override
  public CompletionStage<Empty> deletePaymentMethod(
      DeletePaymentMethodRequest in, Metadata metadata) {
    return gate.change("DeletePaymentMethod", metadata, call -> methods.delete(in, call));
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
    return asks.<PaymentProvider.Lookup<Optional<PaymentProvider.Payment>>>ask(
            replyTo -> new PaymentProtocol.Find(paymentId, timeout, replyTo), timeout)
        .thenApply(PaymentAsks::found)
        .thenApply(
            payment ->
                payment
                    .filter(p -> p.userId().equals(call.userId()) || call.has(Role.FINANCE))
                    .map(PaymentMessages::of)
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
    return asks.<PaymentProvider.Lookup<PaymentProvider.Page>>ask(
            replyTo ->
                new PaymentProtocol.ListPayments(
                    whose, window.size(), window.after(), timeout, replyTo),
            timeout)
        .thenApply(PaymentAsks::found)
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
      response.addPayments(PaymentMessages.of(payment));
    }
    if (page.hasMore() && !page.payments().isEmpty()) {
      var last = page.payments().get(page.payments().size() - 1);
      response.setNextPageToken(pages.seal(last.paymentId()));
    }
    return response.build();
  }

  @Override
  public CompletionStage<Payment> createPayment(CreatePaymentRequest in, Metadata metadata) {
    return gate.change("CreatePayment", metadata, call -> calls.create(in, call));
  }

  @Override
  public CompletionStage<Payment> capturePayment(CapturePaymentRequest in, Metadata metadata) {
    return gate.change("CapturePayment", metadata, call -> calls.capture(in, call));
  }

  @Override
  public CompletionStage<Payment> cancelPayment(CancelPaymentRequest in, Metadata metadata) {
    return gate.change("CancelPayment", metadata, call -> calls.cancel(in, call));
  }

  @Override
  public CompletionStage<Payment> createRefund(CreateRefundRequest in, Metadata metadata) {
    return gate.change("CreateRefund", metadata, call -> calls.refund(in, call));
  }

  @Override
  public CompletionStage<ReconcilePaymentsResponse> reconcilePayments(
      ReconcilePaymentsRequest in, Metadata metadata) {
    return gate.change(
        "ReconcilePayments",
        metadata,
        call ->
            reconciliation
                .run(in.getRepair())
                .thenApply(PaymentGrpcService::response)
                .exceptionally(PaymentGrpcService::unread));
  }

  private static ReconcilePaymentsResponse unread(Throwable failure) {
    throw Failures.unwrap(failure) instanceof LedgerUnreadableException
        ? PaymentAsks.providerUnavailable()
        : new CompletionException(failure);
  }

  private static ReconcilePaymentsResponse response(Audit.Report report) {
    var response =
        ReconcilePaymentsResponse.newBuilder()
            .setPaymentCount(report.payments())
            .setBookingCount(report.bookings())
            .setBookedSeatCount(report.bookedSeats())
            .setDebtCount(report.owed())
            .setOpenSagaCount(report.openSagas());
    for (var found : report.differences()) {
      response
          .addDifferencesBuilder()
          .setPromise(found.promise().name())
          .setMeaning(found.promise().toString())
          .setName(found.name())
          .setDescription(found.what());
    }
    return response.build();
  }
}
