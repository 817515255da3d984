package dev.usher.grpc;

import com.google.protobuf.Empty;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.DeletePaymentMethodRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.DirectoryReason;
import dev.usher.directory.DirectoryView;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.RemovePaymentMethod;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider;
import dev.usher.raft.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Cards that somebody pays with: each is its owner's own, and its number is never kept. */
final class PaymentMethodCalls {
  private static final Pages PAGES = new Pages("ListPaymentMethods", 50, 100);

  private final PaymentAsks asks;
  private final Directory directory;
  private final Requests requests;

  PaymentMethodCalls(PaymentAsks asks, Directory directory, Requests requests) {
    this.asks = asks;
    this.directory = directory;
    this.requests = requests;
  }

  CompletionStage<PaymentMethod> create(CreatePaymentMethodRequest in, Call call) {
    var violations = new Violations();
    var card = Cards.parse(in.getCard(), violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var key = Requests.key(call.userId(), "CreatePaymentMethod", requestId);
    var timeout = call.timeout();
    return asks.<PaymentProvider.MethodOutcome>ask(
            replyTo ->
                new PaymentProtocol.CreatePaymentMethod(card, call.userId(), key, timeout, replyTo),
            timeout)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case PaymentProvider.MethodCreated method -> keep(method, card, key, call);
                  case PaymentProvider.Declined no -> throw PaymentMessages.declined(no);
                  case PaymentProvider.Impossible no ->
                      throw Errors.field(Reason.FIELD_INVALID, "card", no.message());
                  case PaymentProvider.Unanswered none -> throw PaymentAsks.providerUnavailable();
                });
  }

  /** Remembers whose the card is; only its owner may pay with it. */
  private CompletionStage<PaymentMethod> keep(
      PaymentProvider.MethodCreated method, PaymentProvider.Card card, String key, Call call) {
    var kept =
        new DirectoryView.PaymentMethod(
            method.paymentMethodId(),
            call.userId(),
            method.brand(),
            method.last4(),
            card.expMonth(),
            card.expYear());
    var command =
        DirectoryCommand.newBuilder()
            .setAddPaymentMethod(
                AddPaymentMethod.newBuilder()
                    .setUserId(kept.userId())
                    .setPaymentMethodId(kept.paymentMethodId())
                    .setBrand(kept.brand())
                    .setLast4(kept.last4())
                    .setExpMonth(kept.expMonth())
                    .setExpYear(kept.expYear()))
            .build();
    // Taken from the token, not the card: a digest of a card number can be turned back into it.
    var fingerprint =
        Bytes.wrap(Digests.sha256(kept.paymentMethodId(), kept.brand(), kept.last4()));
    return directory
        .propose(key, fingerprint, command, call.timeout())
        .thenCompose(outcome -> giveBack(outcome, kept.paymentMethodId(), call))
        .thenApply(outcome -> Outcomes.applied(outcome, directory.replica().leader()))
        .thenApply(done -> PaymentMessages.of(kept));
  }

  /** One too many is not kept at the provider either: nobody could name it there. */
  private CompletionStage<DirectoryOutcome> giveBack(
      DirectoryOutcome outcome, String id, Call call) {
    return outcome instanceof DirectoryOutcome.Refused refused
            && refused.refusal().getReason().equals(DirectoryReason.PAYMENT_METHOD_LIMIT.name())
        ? deleteAtProvider(id, call).thenApply(any -> outcome)
        : CompletableFuture.completedStage(outcome);
  }

  CompletionStage<ListPaymentMethodsResponse> list(ListPaymentMethodsRequest in, Call call) {
    var violations = new Violations();
    var window = PAGES.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    return directory
        .read(view -> view.paymentMethodsOf(call.userId()), call.timeout())
        .thenApply(
            own -> {
              var page =
                  PAGES.cut(
                      own,
                      window,
                      method -> method.paymentMethodId().compareTo(window.after()) > 0,
                      DirectoryView.PaymentMethod::paymentMethodId);
              var response =
                  ListPaymentMethodsResponse.newBuilder().setNextPageToken(page.nextToken());
              page.items()
                  .forEach(method -> response.addPaymentMethods(PaymentMessages.of(method)));
              return response.build();
            });
  }

  /**
   * The provider first, then the directory: who dies in between leaves a card that is refused when
   * it is paid with, and can be deleted again. The other way round the provider would keep one that
   * nobody can delete any more.
   */
  CompletionStage<Empty> delete(DeletePaymentMethodRequest in, Call call) {
    var violations = new Violations();
    var id = ResourceNames.parsePaymentMethod(in.getName(), "name", violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    return directory
        .read(view -> view.ownsPaymentMethod(call.userId(), id), call.timeout())
        .thenCompose(
            owned ->
                owned
                    ? deleteAtProvider(id, call)
                    : CompletableFuture.completedStage(new PaymentProvider.Deleted()))
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case PaymentProvider.Deleted gone -> remove(id, requestId, call);
                  case PaymentProvider.Unanswered none -> throw PaymentAsks.providerUnavailable();
                });
  }

  private CompletionStage<PaymentProvider.DeleteOutcome> deleteAtProvider(String id, Call call) {
    var timeout = call.timeout();
    return asks.ask(
        replyTo -> new PaymentProtocol.DeletePaymentMethod(id, timeout, replyTo), timeout);
  }

  /** Also proposed when it is not the caller's any more: a repeated request gets its answer. */
  private CompletionStage<Empty> remove(String id, String requestId, Call call) {
    var command =
        DirectoryCommand.newBuilder()
            .setRemovePaymentMethod(
                RemovePaymentMethod.newBuilder().setUserId(call.userId()).setPaymentMethodId(id))
            .build();
    return directory
        .propose(
            Requests.key(call.userId(), "DeletePaymentMethod", requestId),
            Bytes.wrap(Digests.sha256(id)),
            command,
            call.timeout())
        .thenApply(outcome -> Outcomes.applied(outcome, directory.replica().leader()))
        .thenApply(done -> Empty.getDefaultInstance());
  }
}
