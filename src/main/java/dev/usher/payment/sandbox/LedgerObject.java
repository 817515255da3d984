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
  @JsonSubTypes.Type(value = LedgerObject.Customer.class, name = "customer"),
  @JsonSubTypes.Type(value = LedgerObject.Intent.class, name = "payment_intent"),
  @JsonSubTypes.Type(value = LedgerObject.Refund.class, name = "refund"),
  @JsonSubTypes.Type(value = LedgerObject.Event.class, name = "event"),
  @JsonSubTypes.Type(value = LedgerObject.Told.class, name = "told")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface LedgerObject {
  String id();

  /**
   * A card, of which only this is left.
   *
   * @param customerId who pays with it
   * @param spent it was used and belongs to no customer, or belongs to one no more: no payment is
   *     begun with it
   */
  record Method(
      String id,
      long createdMs,
      String brand,
      String last4,
      CardOutcome outcome,
      @Nullable String customerId,
      boolean spent)
      implements LedgerObject {
    Method attached(String customer) {
      return new Method(id, createdMs, brand, last4, outcome, customer, false);
    }

    Method detached() {
      return new Method(id, createdMs, brand, last4, outcome, null, true);
    }
  }

  /** Who may pay with a card more than once. */
  record Customer(String id, long createdMs, Map<String, String> metadata) implements LedgerObject {
    public Customer {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * A payment.
   *
   * @param currency ISO 4217 in lower case, as Stripe writes it
   * @param methodId the card to be charged, once there is one
   * @param customerId who pays, when it was said
   * @param lastError why the card was refused
   * @param automaticCapture captured as soon as it is authorized
   * @param returnUrl where the buyer goes after authenticating
   */
  record Intent(
      String id,
      long createdMs,
      Status status,
      long amountMinor,
      String currency,
      @Nullable String methodId,
      @Nullable String customerId,
      Map<String, String> metadata,
      long capturedMinor,
      long refundedMinor,
      @Nullable ApiError lastError,
      boolean automaticCapture,
      @Nullable String returnUrl)
      implements LedgerObject {
    public Intent {
      metadata = Map.copyOf(metadata);
    }

    Intent with(String method, @Nullable String newReturnUrl) {
      return with(status, method, capturedMinor, refundedMinor, lastError, newReturnUrl);
    }

    Intent awaitsAction() {
      return with(Status.REQUIRES_ACTION, methodId, 0, 0, null, returnUrl);
    }

    Intent authorized() {
      return automaticCapture
          ? captured(amountMinor)
          : with(Status.REQUIRES_CAPTURE, methodId, 0, 0, null, returnUrl);
    }

    Intent failed(ApiError error) {
      return with(Status.REQUIRES_PAYMENT_METHOD, methodId, 0, 0, error, returnUrl);
    }

    Intent captured(long minor) {
      return with(Status.SUCCEEDED, methodId, minor, 0, null, returnUrl);
    }

    Intent canceled() {
      return with(Status.CANCELED, methodId, 0, 0, lastError, returnUrl);
    }

    Intent refunded(long minor) {
      return with(status, methodId, capturedMinor, refundedMinor + minor, lastError, returnUrl);
    }

    String metadata(String key) {
      return metadata.getOrDefault(key, "");
    }

    private Intent with(
        Status newStatus,
        @Nullable String method,
        long captured,
        long refunded,
        @Nullable ApiError error,
        @Nullable String newReturnUrl) {
      return new Intent(
          id,
          createdMs,
          newStatus,
          amountMinor,
          currency,
          method,
          customerId,
          metadata,
          captured,
          refunded,
          error,
          automaticCapture,
          newReturnUrl);
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

  /**
   * Something that the webhook endpoints are told.
   *
   * @param intent as it was then
   */
  record Event(String id, long createdMs, String type, Intent intent) implements LedgerObject {}

  /** One endpoint took an event, or was given up. */
  record Told(String id, String endpoint) implements LedgerObject {}

  /** The states of a PaymentIntent that occur here. */
  enum Status {
    REQUIRES_PAYMENT_METHOD("requires_payment_method"),
    REQUIRES_CONFIRMATION("requires_confirmation"),
    REQUIRES_ACTION("requires_action"),
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
