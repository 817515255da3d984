package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads PaymentIntents, with {@code latest_charge} expanded, as payments. */
final class StripePayments {
  private StripePayments() {}

  static Payment payment(JsonNode intent) {
    var metadata = intent.path("metadata");
    long captured = intent.path("amount_received").asLong();
    long refunded = intent.path("latest_charge").path("amount_refunded").asLong();
    var state = state(intent.path("status").asText(), captured, refunded);
    return new Payment(
        intent.path("id").asText(),
        state,
        metadata.path("user").asText(),
        metadata.path("booking").asText(),
        metadata.path("booking_id").asText(),
        intent.path("amount").asLong(),
        captured,
        refunded,
        intent.path("currency").asText().toUpperCase(Locale.ROOT),
        intent.path("created").asLong() * 1000,
        state == PaymentState.DECLINED ? declineCode(intent) : Optional.empty(),
        state == PaymentState.REQUIRES_ACTION ? nextActionUri(intent) : Optional.empty());
  }

  /** The page on which the buyer authenticates. */
  static Optional<String> nextActionUri(JsonNode intent) {
    return text(intent.path("next_action").path("redirect_to_url").path("url"));
  }

  private static Optional<String> declineCode(JsonNode intent) {
    var error = intent.path("last_payment_error");
    return text(error.path("decline_code")).or(() -> text(error.path("code")));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }

  /**
   * A payment that is still being worked on may come to hold money: it counts as authorized, so
   * that somebody voids or captures it. All others that hold none count as declined.
   */
  private static PaymentState state(String status, long captured, long refunded) {
    return switch (status) {
      case "requires_action" -> PaymentState.REQUIRES_ACTION;
      case "requires_capture", "processing" -> PaymentState.AUTHORIZED;
      case "succeeded" ->
          refunded > 0 && refunded >= captured ? PaymentState.REFUNDED : PaymentState.CAPTURED;
      case "canceled" -> PaymentState.VOIDED;
      default -> PaymentState.DECLINED;
    };
  }

  static List<Payment> payments(JsonNode list) {
    var found = new ArrayList<Payment>();
    list.path("data").forEach(intent -> found.add(payment(intent)));
    return List.copyOf(found);
  }

  /** The payment of this attempt of a booking, if it is on the page. */
  static Optional<Payment> attempt(JsonNode list, String bookingId, int attempt) {
    for (var intent : list.path("data")) {
      var metadata = intent.path("metadata");
      if (metadata.path("booking_id").asText().equals(bookingId)
          && metadata.path("attempt").asText().equals(Integer.toString(attempt))) {
        return Optional.of(payment(intent));
      }
    }
    return Optional.empty();
  }

  /** What the next page stands behind. */
  static String lastId(JsonNode list) {
    var data = list.path("data");
    return data.path(data.size() - 1).path("id").asText();
  }

  static Page page(JsonNode list) {
    return new Page(payments(list), list.path("has_more").asBoolean());
  }
}
