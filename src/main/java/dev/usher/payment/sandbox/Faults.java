package dev.usher.payment.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The faults that are switched on: at most one of each name, gone with the process. A fault of
 * requests is aimed at some operations; without an aim it takes everything but queries, and {@link
 * Fault#DOWN} takes all. Safe for any thread.
 */
final class Faults {
  private final Map<Fault, Armed> armed = new EnumMap<>(Fault.class);

  /**
   * A fault that is switched on.
   *
   * @param timesLeft before it switches itself off; {@link Fault#UNTIL_CLEARED}: never
   * @param time how late, or how long silent
   */
  record Armed(Fault fault, Set<Operation> aim, int timesLeft, Duration time) {
    Armed {
      aim = Set.copyOf(aim);
    }

    private boolean takes(Operation operation) {
      return aim.isEmpty()
          ? fault == Fault.DOWN || operation != Operation.QUERY
          : aim.contains(operation);
    }

    private Armed usedOnce() {
      return timesLeft == Fault.UNTIL_CLEARED ? this : new Armed(fault, aim, timesLeft - 1, time);
    }
  }

  synchronized void arm(Armed fault) {
    armed.put(fault.fault(), fault);
  }

  synchronized void clear() {
    armed.clear();
  }

  synchronized void clear(Fault fault) {
    armed.remove(fault);
  }

  synchronized List<Armed> all() {
    return List.copyOf(armed.values());
  }

  /** The fault that this request meets, used up by it. */
  synchronized Optional<Armed> meet(Operation operation) {
    return armed.values().stream()
        .filter(each -> !each.fault().isOfWebhooks() && each.takes(operation))
        .findFirst()
        .map(this::use);
  }

  /** A fault of webhooks, used up by one event. */
  synchronized Optional<Armed> meet(Fault ofWebhooks) {
    return Optional.ofNullable(armed.get(ofWebhooks)).map(this::use);
  }

  private Armed use(Armed fault) {
    var rest = fault.usedOnce();
    if (rest.timesLeft() == 0) {
      armed.remove(fault.fault());
    } else {
      armed.put(fault.fault(), rest);
    }
    return fault;
  }
}
