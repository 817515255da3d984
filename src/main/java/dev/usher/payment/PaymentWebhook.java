package dev.usher.payment;

/**
 * What a provider says by itself: only a nudge to go and ask it, for a message may be late,
 * doubled, reordered or lost (crash matrix, row 13). Safe for any thread.
 */
@FunctionalInterface
public interface PaymentWebhook {
  /** A longer message is no message. */
  int BODY_BYTES_MOST = 256 << 10;

  /**
   * Takes a message; asks nobody.
   *
   * @param signature the header that proves where it is from; empty without one
   * @return false: it is not genuine, or too old; nothing was done
   */
  boolean receive(String signature, byte[] body);

  /** Of a node that was given no secret: nothing can be genuine. */
  static PaymentWebhook none() {
    return (signature, body) -> false;
  }
}
