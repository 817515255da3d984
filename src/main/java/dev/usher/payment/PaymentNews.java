package dev.usher.payment;

import dev.usher.payment.PaymentProvider.Payment;

/**
 * Whoever wants to know that a payment may have changed. Perhaps told twice, perhaps never: nothing
 * but speed may depend on it. Must return soon, and be safe for any thread.
 */
@FunctionalInterface
public interface PaymentNews {
  /**
   * A payment is not what it was.
   *
   * @param payment as the provider knows it now
   */
  void changed(Payment payment);
}
