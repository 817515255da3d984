package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.Cashier.Decision;
import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Refund;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Adds to a decision the events that the webhook endpoints are told of it: in the same entry, so
 * that what happened and the debt to tell it become durable together.
 */
final class Witness {
  private final Function<String, String> mintId;

  Witness(Function<String, String> mintId) {
    this.mintId = mintId;
  }

  Decision watch(Decision decision, Books books, long nowMs) {
    boolean refund = decision.puts().stream().anyMatch(Refund.class::isInstance);
    var puts = new ArrayList<>(decision.puts());
    for (var put : decision.puts()) {
      if (put instanceof Intent intent) {
        types(intent, books.intent(intent.id()), refund).stream()
            .filter(books.outbox()::wants)
            .forEach(type -> puts.add(new Event(mintId.apply("evt_"), nowMs, type, intent)));
      }
    }
    return new Decision(List.copyOf(puts), decision.error());
  }

  private static List<String> types(Intent intent, Optional<Intent> before, boolean refund) {
    if (refund) {
      return List.of("charge.refunded");
    }
    var types = new ArrayList<String>();
    if (before.isEmpty()) {
      types.add("payment_intent.created");
    }
    switch (intent.status()) {
      case REQUIRES_ACTION -> types.add("payment_intent.requires_action");
      case REQUIRES_CAPTURE -> types.add("payment_intent.amount_capturable_updated");
      case SUCCEEDED -> types.add("payment_intent.succeeded");
      case CANCELED -> types.add("payment_intent.canceled");
      case REQUIRES_PAYMENT_METHOD -> {
        if (intent.lastError() != null) {
          types.add("payment_intent.payment_failed");
        }
      }
      case REQUIRES_CONFIRMATION -> {
        // Nothing was tried yet.
      }
    }
    return types;
  }
}
