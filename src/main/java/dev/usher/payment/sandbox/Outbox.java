package dev.usher.payment.sandbox;

import static java.util.Objects.requireNonNull;

import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Told;
import dev.usher.payment.sandbox.SandboxSettings.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that some endpoint has not taken yet. At most {@value #MAX_WAITING} for each: beyond, the
 * oldest is forgotten, as a webhook is only a nudge. Used by one thread.
 */
final class Outbox {
  static final int MAX_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final List<Webhook> endpoints;

  /** What each endpoint has still to be told, by the event's id, oldest first. */
  private final SortedMap<String, Map<String, Event>> waiting = new TreeMap<>();

  Outbox(List<Webhook> endpoints) {
    this.endpoints = endpoints;
    endpoints.forEach(endpoint -> waiting.put(endpoint.address(), new LinkedHashMap<>()));
  }

  /** Whether anybody is told events of that type. */
  boolean wants(String eventType) {
    return endpoints.stream().anyMatch(endpoint -> endpoint.wants(eventType));
  }

  void put(Event event) {
    for (var endpoint : endpoints) {
      if (endpoint.wants(event.type())) {
        put(event, endpoint.address());
      }
    }
  }

  private void put(Event event, String endpoint) {
    var events = requireNonNull(waiting.get(endpoint), endpoint);
    events.put(event.id(), event);
    if (events.size() > MAX_WAITING) {
      var oldest = events.keySet().iterator();
      LOG.warn("event forgotten id={} endpoint={} reason=too-many-wait", oldest.next(), endpoint);
      oldest.remove();
    }
  }

  void told(Told told) {
    var events = waiting.get(told.endpoint());
    if (events != null) {
      events.remove(told.id());
    }
  }

  /** At most so many for each endpoint, oldest first. */
  Map<String, List<Event>> waiting(int limit) {
    return waiting.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey,
                line -> line.getValue().values().stream().limit(limit).toList()));
  }

  /** What puts it all back. */
  Stream<LedgerObject> puts() {
    var events = new LinkedHashMap<String, Event>();
    waiting.values().forEach(events::putAll);
    return events.values().stream()
        .flatMap(event -> Stream.concat(Stream.of(event), told(event.id())));
  }

  private Stream<Told> told(String eventId) {
    return waiting.entrySet().stream()
        .filter(line -> !line.getValue().containsKey(eventId))
        .map(line -> new Told(eventId, line.getKey()));
  }
}
