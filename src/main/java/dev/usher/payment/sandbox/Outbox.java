package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Told;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that some endpoint has not taken yet. At most {@value #MAX_WAITING}: beyond, the oldest is
 * forgotten, as a webhook is only a nudge. Used by one thread.
 */
final class Outbox {
  static final int MAX_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Set<String> endpoints;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  Outbox(Set<String> endpoints) {
    this.endpoints = Set.copyOf(endpoints);
  }

  /** What remains to be told. */
  record Waiting(Event event, Set<String> endpoints) {
    Waiting {
      endpoints = Set.copyOf(endpoints);
    }
  }

  boolean hasEndpoints() {
    return !endpoints.isEmpty();
  }

  void put(Event event) {
    if (endpoints.isEmpty()) {
      return;
    }
    waiting.put(event.id(), new Waiting(event, endpoints));
    if (waiting.size() > MAX_WAITING) {
      var oldest = waiting.keySet().iterator();
      LOG.warn("event forgotten id={} reason=too-many-wait", oldest.next());
      oldest.remove();
    }
  }

  void told(Told told) {
    waiting.computeIfPresent(
        told.id(),
        (id, left) -> {
          var rest = new HashSet<>(left.endpoints());
          rest.remove(told.endpoint());
          return rest.isEmpty() ? null : new Waiting(left.event(), rest);
        });
  }

  /** Oldest first. */
  List<Waiting> waiting(int limit) {
    return waiting.values().stream().limit(limit).toList();
  }

  /** What puts it all back. */
  Stream<LedgerObject> puts() {
    return waiting.values().stream()
        .flatMap(
            left ->
                Stream.concat(
                    Stream.of(left.event()),
                    endpoints.stream()
                        .filter(endpoint -> !left.endpoints().contains(endpoint))
                        .map(endpoint -> new Told(left.event().id(), endpoint))));
  }
}
