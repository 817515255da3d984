package dev.usher.payment.sandbox;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.PaymentMethodCreateParams.CardDetails;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Stripe's own client of a running sandbox: where the two differ, the sandbox is wrong. */
final class Judge {
  final StripeClient stripe;

  Judge(Sandbox sandbox) {
    this.stripe =
        StripeClient.builder()
            .setApiKey(Till.SECRET)
            .setApiBase(sandbox.baseUrl())
            .setMaxNetworkRetries(0)
            .build();
  }

  /** The token of a card. */
  String method(String number) throws StripeException {
    var card =
        CardDetails.builder().setNumber(number).setExpMonth(12L).setExpYear(2099L).setCvc("123");
    return stripe
        .v1()
        .paymentMethods()
        .create(
            PaymentMethodCreateParams.builder()
                .setType(PaymentMethodCreateParams.Type.CARD)
                .setCard(card.build())
                .build())
        .getId();
  }

  /** Whose the card is from now on. */
  Customer customer(String method) throws StripeException {
    var params =
        CustomerCreateParams.builder().setPaymentMethod(method).putMetadata("user", "ann").build();
    return stripe.v1().customers().create(params);
  }

  /** Pays with a card that is nobody's. */
  PaymentIntent pay(String method) throws StripeException {
    return create(wanted(method, "nobody").build());
  }

  PaymentIntent pay(String method, String customer) throws StripeException {
    return create(wanted(method, "somebody").setCustomer(customer).build());
  }

  static PaymentIntentCreateParams.Builder wanted(String method, String bookingId) {
    return PaymentIntentCreateParams.builder()
        .setAmount(4_200L)
        .setCurrency("eur")
        .setPaymentMethod(method)
        .setCaptureMethod(CaptureMethod.MANUAL)
        .setConfirm(true)
        .setReturnUrl("https://shop.example/back")
        .putMetadata("booking_id", bookingId);
  }

  PaymentIntent create(PaymentIntentCreateParams params) throws StripeException {
    return stripe.v1().paymentIntents().create(params);
  }

  PaymentIntent create(PaymentIntentCreateParams params, String key) throws StripeException {
    return stripe
        .v1()
        .paymentIntents()
        .create(params, RequestOptions.builder().setIdempotencyKey(key).build());
  }

  PaymentIntent authorized(String bookingId) throws StripeException {
    return create(wanted(method(Till.GOOD_CARD), bookingId).build());
  }

  PaymentIntent retrieve(String id) throws StripeException {
    return stripe.v1().paymentIntents().retrieve(id);
  }

  /** The ids of a customer's payments, page by page. */
  List<String> paymentsOf(String customer, long pageSize) throws StripeException {
    var params = PaymentIntentListParams.builder().setCustomer(customer).setLimit(pageSize).build();
    var ids = new ArrayList<String>();
    for (var intent : stripe.v1().paymentIntents().list(params).autoPagingIterable()) {
      ids.add(intent.getId());
    }
    return ids;
  }

  PaymentIntent confirm(String id, String method) throws StripeException {
    return stripe
        .v1()
        .paymentIntents()
        .confirm(id, PaymentIntentConfirmParams.builder().setPaymentMethod(method).build());
  }

  /** What a buyer's browser does with the page of the card's issuer. */
  static HttpResponse<String> press(String page, String button) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(page))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("answer=" + button))
            .build();
    return send(request);
  }

  static HttpResponse<String> open(String page) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(page)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (var browser = HttpClient.newHttpClient()) {
      return browser.send(request, BodyHandlers.ofString());
    }
  }
}
