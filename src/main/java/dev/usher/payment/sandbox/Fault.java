package dev.usher.payment.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What the sandbox can be told to do wrong, by name. */
public enum Fault {
  /** Does nothing and does not answer. */
  TIMEOUT_BEFORE("timeout-before", 1, Duration.ofSeconds(30)),
  /** Does it, and does not answer. */
  TIMEOUT_AFTER("timeout-after", 1, Duration.ofSeconds(30)),
  /** Does nothing and answers 500. */
  ERROR_500_ONCE("error-500-once", 1, Duration.ZERO),
  /**
   * Does nothing, answers 500, and remembers that as the answer to the request's idempotency key.
   */
  ERROR_500_KEPT("error-500-kept", 1, Duration.ZERO),
  /** Does it, and answers late. */
  SLOW("slow", Fault.UNTIL_CLEARED, Duration.ofSeconds(2)),
  /** Does nothing and answers 503. */
  DOWN("down", Fault.UNTIL_CLEARED, Duration.ZERO),
  /** Tells events late. */
  WEBHOOK_LATE("webhook-late", Fault.UNTIL_CLEARED, Duration.ofSeconds(10)),
  /** Tells every event twice. */
  WEBHOOK_TWICE("webhook-twice", Fault.UNTIL_CLEARED, Duration.ZERO),
  /** Tells every other event after the one that came after it. */
  WEBHOOK_REORDERED("webhook-reordered", Fault.UNTIL_CLEARED, Duration.ofSeconds(3));

  static final int UNTIL_CLEARED = Integer.MAX_VALUE;

  private final String label;
  private final int times;
  private final Duration time;

  Fault(String label, int times, Duration time) {
    this.label = label;
    this.times = times;
    this.time = time;
  }

  public String label() {
    return label;
  }

  /** How often it happens unless something else is asked for. */
  int times() {
    return times;
  }

  /** How late, or how long silent, unless something else is asked for. */
  Duration time() {
    return time;
  }

  boolean isOfWebhooks() {
    return switch (this) {
      case WEBHOOK_LATE, WEBHOOK_TWICE, WEBHOOK_REORDERED -> true;
      case TIMEOUT_BEFORE, TIMEOUT_AFTER, ERROR_500_ONCE, ERROR_500_KEPT, SLOW, DOWN -> false;
    };
  }

  static Optional<Fault> of(String label) {
    return Arrays.stream(values()).filter(fault -> fault.label.equals(label)).findFirst();
  }
}
