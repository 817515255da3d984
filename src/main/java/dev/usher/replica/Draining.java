package dev.usher.replica;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Whether this node drains: it hands its leaderships away, and its edge sends clients elsewhere, so
 * that it can be stopped without anybody noticing. Not remembered over a restart. Safe for any
 * thread.
 */
public final class Draining {
  private final List<Consumer<Boolean>> followers = new CopyOnWriteArrayList<>();
  private volatile boolean on;

  Draining() {}

  public boolean isOn() {
    return on;
  }

  /** Who is told, now and whenever it changes. */
  public synchronized void follow(Consumer<Boolean> follower) {
    followers.add(follower);
    follower.accept(on);
  }

  synchronized void set(boolean next) {
    if (on != next) {
      on = next;
      followers.forEach(follower -> follower.accept(next));
    }
  }
}
