package dev.usher.payment.stripe;

/**
 * A payment method's id here: Stripe's own, and the Customer it belongs to, without whom it cannot
 * be paid with: {@code pm_….cus_…}.
 *
 * @param customer empty: it belongs to nobody, and may be used once
 */
record StripeMethodId(String method, String customer) {
  private static final char SEPARATOR = '.';

  static StripeMethodId parse(String id) {
    int end = id.indexOf(SEPARATOR);
    return end < 0
        ? new StripeMethodId(id, "")
        : new StripeMethodId(id.substring(0, end), id.substring(end + 1));
  }

  @Override
  public String toString() {
    return customer.isEmpty() ? method : method + SEPARATOR + customer;
  }
}
