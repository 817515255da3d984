package dev.usher.cli.client;

import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.PaymentMethod;
import java.util.List;

/** Reads the caller's payment methods, page by page. */
public final class PaymentMethods {
  private PaymentMethods() {}

  /** All of them, by name. */
  public static List<PaymentMethod> of(UsherClient client) {
    return Pages.all(
        page ->
            client.call(
                Api.LIST_PAYMENT_METHODS,
                ListPaymentMethodsRequest.newBuilder().setPageToken(page).build()),
        ListPaymentMethodsResponse::getPaymentMethodsList,
        ListPaymentMethodsResponse::getNextPageToken);
  }
}
