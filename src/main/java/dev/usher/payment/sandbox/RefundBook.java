package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Refund;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The refunds of the books, by id, by payment and in order. Used by one thread. */
final class RefundBook {
  private final List<Refund> inOrder = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, List<Refund>> byIntent = new HashMap<>();

  void put(Refund refund) {
    positions.put(refund.id(), inOrder.size());
    inOrder.add(refund);
    byIntent.computeIfAbsent(refund.intentId(), id -> new ArrayList<>(1)).add(refund);
  }

  int size() {
    return inOrder.size();
  }

  Optional<Refund> find(String id) {
    return Optional.ofNullable(positions.get(id)).map(inOrder::get);
  }

  /** Oldest first. */
  List<Refund> of(String intentId) {
    return Collections.unmodifiableList(byIntent.getOrDefault(intentId, List.of()));
  }

  Stream<Refund> oldestFirst() {
    return inOrder.stream();
  }

  /** Newest first. */
  List<Refund> all() {
    return inOrder.reversed();
  }
}
