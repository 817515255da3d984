package dev.usher.payment;

/**
 * Whoever wants to know that the payment of a booking may have changed, to ask the provider what it
 * is now. Perhaps told twice, perhaps never: nothing but speed may depend on it. Must return soon,
 * and be safe for any thread.
 */
@FunctionalInterface
public interface PaymentNews {
  /** The payment of this booking may not be what it was. */
  void changed(String bookingId);
}
