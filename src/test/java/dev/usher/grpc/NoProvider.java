package dev.usher.grpc;

import dev.usher.payment.PaymentProvider;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.net.URI;

/** A payment provider that is down: nobody listens there. */
final class NoProvider {
  private NoProvider() {}

  static PaymentProvider get() {
    return new StripeProvider(
        StripeSettings.of(
            URI.create("http://127.0.0.1:1"),
            "sk_test_0123456789abcdef",
            URI.create("http://127.0.0.1:1/")));
  }
}
