package dev.usher.chat.dialogue;

/**
 * What the speaker would pay with, as it may be said aloud.
 *
 * @param paymentMethodId empty when there is none
 * @param brand as the provider calls it, for example {@code visa}
 */
public record Card(String paymentMethodId, String brand, String last4) {
  public static final Card NONE = new Card("", "", "");

  boolean given() {
    return !paymentMethodId.isEmpty();
  }
}
