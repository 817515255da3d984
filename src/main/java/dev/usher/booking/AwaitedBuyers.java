package dev.usher.booking;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sagas of this node that wait for their buyer to authenticate the card, so that whoever hears
 * that a payment has changed can hurry them. Only speed depends on it: a saga that nobody hurries
 * asks by itself. Safe for any thread.
 */
public final class AwaitedBuyers {
  private final Map<String, Runnable> waiting = new ConcurrentHashMap<>();

  void add(String bookingId, Runnable hurry) {
    waiting.put(bookingId, hurry);
  }

  void remove(String bookingId, Runnable hurry) {
    waiting.remove(bookingId, hurry);
  }

  /** The payment of this booking may have changed. */
  public void hurry(String bookingId) {
    var saga = waiting.get(bookingId);
    if (saga != null) {
      saga.run();
    }
  }
}
