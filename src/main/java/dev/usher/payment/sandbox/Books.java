package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Customer;
import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Method;
import dev.usher.payment.sandbox.LedgerObject.Refund;
import dev.usher.payment.sandbox.LedgerObject.Status;
import dev.usher.payment.sandbox.LedgerObject.Told;
import dev.usher.payment.sandbox.SandboxSettings.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ledger in memory: what the entries of the file add up to. About 1.5 KB for each payment that
 * was authorized, captured and keyed. Used by one thread.
 */
final class Books {
  /** As long as Stripe keeps them. */
  static final Duration KEY_LIFE = Duration.ofHours(24);

  private final Map<String, Method> methods = new HashMap<>();
  private final Map<String, Customer> customers = new HashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Intent> intents = new ArrayList<>();
  private final Map<String, List<Integer>> byBooking = new HashMap<>();
  private final Map<String, List<Integer>> byUser = new HashMap<>();
  private final Set<Integer> open = new LinkedHashSet<>();
  private final RefundBook refunds = new RefundBook();
  private final Outbox outbox;
  private final LinkedHashMap<String, Entry> keys = new LinkedHashMap<>();

  /** Books of a sandbox that tells nobody. */
  Books() {
    this(List.of());
  }

  /**
   * @param endpoints who is told events
   */
  Books(List<Webhook> endpoints) {
    this.outbox = new Outbox(endpoints);
  }

  void apply(Entry entry) {
    for (var object : entry.past() ? List.<LedgerObject>of() : entry.puts()) {
      switch (object) {
        case Method method -> methods.put(method.id(), method);
        case Customer customer -> customers.put(customer.id(), customer);
        case Intent intent -> put(intent);
        case Refund refund -> refunds.put(refund);
        case Event event -> outbox.put(event);
        case Told told -> outbox.told(told);
      }
    }
    if (entry.key() != null) {
      keys.put(entry.key(), entry);
    }
    forgetKeys(entry.atMs());
  }

  private void put(Intent intent) {
    var known = positions.get(intent.id());
    int position = known == null ? intents.size() : known;
    if (known == null) {
      intents.add(intent);
      positions.put(intent.id(), position);
      index(byBooking, intent.metadata("booking_id"), position);
      index(byUser, intent.metadata("user"), position);
    } else {
      intents.set(position, intent);
    }
    if (intent.status() == Status.REQUIRES_CAPTURE) {
      open.add(position);
    } else {
      open.remove(position);
    }
  }

  private static void index(Map<String, List<Integer>> index, String value, int position) {
    if (!value.isEmpty()) {
      index.computeIfAbsent(value, v -> new ArrayList<>(2)).add(position);
    }
  }

  private void forgetKeys(long nowMs) {
    var oldest = keys.entrySet().iterator();
    while (oldest.hasNext() && oldest.next().getValue().atMs() + KEY_LIFE.toMillis() <= nowMs) {
      oldest.remove();
    }
  }

  /** What was answered to a key that is still remembered. */
  Optional<Entry> answered(String key, long nowMs) {
    forgetKeys(nowMs);
    return Optional.ofNullable(keys.get(key));
  }

  Optional<Method> method(String id) {
    return Optional.ofNullable(methods.get(id));
  }

  Optional<Customer> customer(String id) {
    return Optional.ofNullable(customers.get(id));
  }

  Optional<Intent> intent(String id) {
    return Optional.ofNullable(positions.get(id)).map(intents::get);
  }

  int size() {
    return intents.size() + methods.size() + customers.size() + refunds.size();
  }

  RefundBook refunds() {
    return refunds;
  }

  Outbox outbox() {
    return outbox;
  }

  /**
   * All that is still of use, as entries that add up to these books: what a shorter ledger holds.
   */
  Stream<Entry> compacted(long nowMs) {
    forgetKeys(nowMs);
    var objects =
        Stream.of(
                methods.values().stream(),
                customers.values().stream(),
                intents.stream(),
                refunds.oldestFirst(),
                outbox.puts())
            .flatMap(each -> each)
            .map(object -> new Entry(0, null, null, List.of(object), null));
    return Stream.concat(objects, keys.values().stream().map(Entry::answerOnly));
  }

  /** Newest first, those after the given one; of everything when it is empty. */
  Optional<Stream<Intent>> newestFirst(String startingAfter) {
    if (startingAfter.isEmpty()) {
      return Optional.of(intents.reversed().stream());
    }
    return Optional.ofNullable(positions.get(startingAfter))
        .map(position -> intents.subList(0, position).reversed().stream());
  }

  /** Newest first, those that the query is true of; uses an index when the query has one. */
  Stream<Intent> search(SearchQuery query) {
    Predicate<Intent> wanted = query::matches;
    return candidates(query).filter(wanted);
  }

  private Stream<Intent> candidates(SearchQuery query) {
    if (query.metadata().containsKey("booking_id")) {
      return at(byBooking.getOrDefault(query.metadata().get("booking_id"), List.of()));
    }
    if (query.metadata().containsKey("user")) {
      return at(byUser.getOrDefault(query.metadata().get("user"), List.of()));
    }
    if (query.status().filter(Status.REQUIRES_CAPTURE.wire()::equals).isPresent()) {
      return at(new ArrayList<>(open));
    }
    return intents.reversed().stream();
  }

  private Stream<Intent> at(List<Integer> found) {
    return found.reversed().stream().map(intents::get);
  }

  /** Counts and sums of everything. */
  Summary summary() {
    var captured = new TreeMap<String, Long>();
    var refunded = new TreeMap<String, Long>();
    var openTotal = new TreeMap<String, Long>();
    var counts = new EnumMap<Status, Integer>(Status.class);
    int refundCount = 0;
    for (var intent : intents) {
      counts.merge(intent.status(), 1, Integer::sum);
      captured.merge(intent.currency(), intent.capturedMinor(), Long::sum);
      refunded.merge(intent.currency(), intent.refundedMinor(), Long::sum);
      if (intent.status() == Status.REQUIRES_CAPTURE) {
        openTotal.merge(intent.currency(), intent.amountMinor(), Long::sum);
      }
      refundCount += refunds.of(intent.id()).size();
    }
    return new Summary(
        intents.size(),
        new Sum(counts.getOrDefault(Status.REQUIRES_CAPTURE, 0), openTotal),
        new Sum(counts.getOrDefault(Status.SUCCEEDED, 0), captured),
        new Sum(refundCount, refunded),
        counts.getOrDefault(Status.CANCELED, 0),
        counts.getOrDefault(Status.REQUIRES_PAYMENT_METHOD, 0));
  }

  /** How many, and minor units by currency in lower case. */
  record Sum(int count, Map<String, Long> total) {}

  /**
   * The answer to {@code GET /usher/summary}.
   *
   * @param open authorized, neither captured nor voided
   */
  record Summary(int payments, Sum open, Sum captured, Sum refunded, int voided, int declined) {}
}
