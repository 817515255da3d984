package dev.usher.payment.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the ledger keeps. Amounts are minor units; times are milliseconds since 1970. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "object")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LedgerObject.Method.class, name = "payment_method"),
  @JsonSubTypes.Type(value = LedgerObject.Intent.class, name = "payment_intent"),
  @JsonSubTypes.Type(value = LedgerObject.Refund.class, name = "refund")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface LedgerObject {
  String id();

  /** A card, of which only this is left. */
  record Method(String id, long createdMs, String brand, String last4, CardOutcome outcome)
      implements LedgerObject {}

  /**
   * A payment.
   *
   * @param currency ISO 4217 in lower case, as Stripe writes it
   * @param lastError why the card was refused
   */
  record Intent(
      String id,
      long createdMs,
      Status status,
      long amountMinor,
      String currency,
      String methodId,
      Map<String, String> metadata,
      long capturedMinor,
      long refundedMinor,
      @Nullable ApiError lastError)
      implements LedgerObject {
    public Intent {
      metadata = Map.copyOf(metadata);
    }

    Intent captured() {
      return with(Status.SUCCEEDED, amountMinor, 0);
    }

    Intent canceled() {
      return with(Status.CANCELED, 0, 0);
    }

    Intent refunded(long minor) {
      return with(status, capturedMinor, refundedMinor + minor);
    }

    String metadata(String key) {
      return metadata.getOrDefault(key, "");
    }

    private Intent with(Status newStatus, long captured, long refunded) {
      return new Intent(
          id,
          createdMs,
          newStatus,
          amountMinor,
          currency,
          methodId,
          metadata,
          captured,
          refunded,
          lastError);
    }
  }

  /** Money given back. */
  record Refund(
      String id,
      long createdMs,
      String intentId,
      long amountMinor,
      String currency,
      Map<String, String> metadata)
      implements LedgerObject {
    public Refund {
      metadata = Map.copyOf(metadata);
    }
  }

  /** The states of a PaymentIntent that occur here. */
  enum Status {
    REQUIRES_PAYMENT_METHOD("requires_payment_method"),
    REQUIRES_CAPTURE("requires_capture"),
    SUCCEEDED("succeeded"),
    CANCELED("canceled");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }
}
