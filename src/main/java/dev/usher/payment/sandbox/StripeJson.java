package dev.usher.payment.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.payment.sandbox.LedgerObject.Customer;
import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Method;
import dev.usher.payment.sandbox.LedgerObject.Refund;
import dev.usher.payment.sandbox.LedgerObject.Status;
import dev.usher.payment.sandbox.LedgerObject.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes things as Stripe's API does: the fields that its Java client and ours look at. */
final class StripeJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The version whose shapes these are. */
  static final String API_VERSION = "2026-07-29.dahlia";

  private final Function<String, String> pageOf;

  /**
   * @param pageOf where the buyer authenticates, by the payment's id
   */
  StripeJson(Function<String, String> pageOf) {
    this.pageOf = pageOf;
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of ours has no JSON form", e);
    }
  }

  /** The body that belongs to an entry. */
  ObjectNode answer(Entry entry, Params params) {
    var error = entry.error();
    if (error == null) {
      return object(entry.puts().getFirst(), params.expands("latest_charge"));
    }
    var subject = entry.puts().isEmpty() ? null : object(entry.puts().getFirst(), false);
    return error(error, subject);
  }

  static ObjectNode error(ApiError error, @Nullable ObjectNode intent) {
    var inner = error(error);
    if (intent != null) {
      inner.set("payment_intent", intent);
    }
    var node = node();
    node.set("error", inner);
    return node;
  }

  private static ObjectNode error(ApiError error) {
    var node = node();
    node.put("type", error.type()).put("code", error.code()).put("message", error.message());
    if (error.declineCode() != null) {
      node.put("decline_code", error.declineCode());
    }
    if (error.param() != null) {
      node.put("param", error.param());
    }
    return node;
  }

  ObjectNode object(LedgerObject object, boolean expandCharge) {
    return switch (object) {
      case Method method -> method(method);
      case Customer customer -> customer(customer);
      case Intent intent -> intent(intent, expandCharge);
      case Refund refund -> refund(refund);
      case Event event -> event(event);
      case Told told -> throw new IllegalStateException("nobody asks for " + told);
    };
  }

  /** What a webhook endpoint is sent. */
  private ObjectNode event(Event event) {
    var intent = event.intent();
    var node = node();
    node.put("id", event.id()).put("object", "event").put("type", event.type());
    node.put("api_version", API_VERSION).put("created", event.createdMs() / 1000);
    node.put("livemode", false).put("pending_webhooks", 1);
    node.putObject("request").putNull("id").putNull("idempotency_key");
    node.putObject("data")
        .set("object", event.type().startsWith("charge.") ? charge(intent) : intent(intent, false));
    return node;
  }

  /**
   * @param next where a search goes on; a list goes on after its last object
   */
  static <T> ObjectNode list(
      String kind,
      String url,
      List<T> items,
      Optional<String> next,
      boolean hasMore,
      Function<T, JsonNode> each) {
    var node = node();
    node.put("object", kind).put("url", url).put("has_more", hasMore);
    if (kind.equals("search_result")) {
      node.put("next_page", next.orElse(null));
    }
    var data = node.putArray("data");
    items.forEach(item -> data.add(each.apply(item)));
    return node;
  }

  private static ObjectNode method(Method method) {
    var node = node();
    node.put("id", method.id()).put("object", "payment_method").put("type", "card");
    node.put("created", method.createdMs() / 1000).put("livemode", false);
    node.put("customer", method.customerId());
    node.putObject("metadata");
    node.putObject("card").put("brand", method.brand()).put("last4", method.last4());
    return node;
  }

  private static ObjectNode customer(Customer customer) {
    var node = node();
    node.put("id", customer.id()).put("object", "customer");
    node.put("created", customer.createdMs() / 1000).put("livemode", false);
    node.set("metadata", metadata(customer.metadata()));
    return node;
  }

  private ObjectNode intent(Intent intent, boolean expandCharge) {
    var node = node();
    boolean open = intent.status() == Status.REQUIRES_CAPTURE;
    node.put("id", intent.id()).put("object", "payment_intent").put("amount", intent.amountMinor());
    node.put("amount_capturable", open ? intent.amountMinor() : 0);
    node.put("amount_received", intent.capturedMinor());
    node.put("capture_method", intent.automaticCapture() ? "automatic" : "manual")
        .put("confirmation_method", "automatic");
    node.put("created", intent.createdMs() / 1000).put("currency", intent.currency());
    node.put("customer", intent.customerId());
    node.put("livemode", false).put("status", intent.status().wire());
    node.put("payment_method", intent.lastError() == null ? intent.methodId() : null);
    node.putArray("payment_method_types").add("card");
    node.set("metadata", metadata(intent.metadata()));
    node.set("last_payment_error", intent.lastError() == null ? null : error(intent.lastError()));
    node.put("client_secret", intent.id() + "_secret_sandbox");
    node.put("next_action", (String) null);
    if (intent.status() == Status.REQUIRES_ACTION) {
      var redirect = node.putObject("next_action").put("type", "redirect_to_url");
      redirect
          .putObject("redirect_to_url")
          .put("return_url", intent.returnUrl())
          .put("url", pageOf.apply(intent.id()));
    }
    if (!charged(intent)) {
      node.putNull("latest_charge");
    } else if (expandCharge) {
      node.set("latest_charge", charge(intent));
    } else {
      node.put("latest_charge", chargeId(intent.id()));
    }
    return node;
  }

  /** Whether money was ever reserved, or at least asked for. */
  private static boolean charged(Intent intent) {
    return switch (intent.status()) {
      case REQUIRES_CAPTURE, SUCCEEDED -> true;
      case CANCELED -> intent.lastError() == null;
      case REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION -> false;
    };
  }

  private static ObjectNode charge(Intent intent) {
    var node = node();
    node.put("id", chargeId(intent.id())).put("object", "charge");
    node.put("amount", intent.amountMinor()).put("amount_captured", intent.capturedMinor());
    node.put("amount_refunded", intent.refundedMinor()).put("currency", intent.currency());
    node.put("captured", intent.capturedMinor() > 0).put("payment_intent", intent.id());
    node.put(
        "refunded", intent.refundedMinor() > 0 && intent.refundedMinor() == intent.capturedMinor());
    return node;
  }

  private static ObjectNode refund(Refund refund) {
    var node = node();
    node.put("id", refund.id()).put("object", "refund").put("amount", refund.amountMinor());
    node.put("created", refund.createdMs() / 1000).put("currency", refund.currency());
    node.put("payment_intent", refund.intentId()).put("charge", chargeId(refund.intentId()));
    node.put("status", "succeeded");
    node.set("metadata", metadata(refund.metadata()));
    return node;
  }

  private static String chargeId(String intentId) {
    return "ch_" + intentId.substring("pi_".length());
  }

  private static ObjectNode metadata(Map<String, String> metadata) {
    var node = node();
    new TreeMap<>(metadata).forEach(node::put);
    return node;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
