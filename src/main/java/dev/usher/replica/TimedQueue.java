package dev.usher.replica;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a state machine has to do later: keys due at a log time each, in order of time, then key, so
 * that every node meets them alike.
 */
public final class TimedQueue<K extends Comparable<? super K>> {
  /**
   * A key and its time.
   *
   * @param timeMs log time, milliseconds since 1970
   */
  public record Due<K>(long timeMs, K key) {}

  private final TreeSet<Due<K>> queue =
      new TreeSet<>(Comparator.<Due<K>>comparingLong(Due::timeMs).thenComparing(Due::key));

  /** Adds a key that is not queued at that time yet. */
  public void add(long timeMs, K key) {
    if (!queue.add(new Due<>(timeMs, key))) {
      throw new IllegalStateException("queued twice at " + timeMs + ": " + key);
    }
  }

  /** Removes a key that is queued at that time. */
  public void remove(long timeMs, K key) {
    if (!queue.remove(new Due<>(timeMs, key))) {
      throw new IllegalStateException("not queued at " + timeMs + ": " + key);
    }
  }

  /** Takes every key whose time is at or before {@code timeMs}, in order. */
  public void drainDue(long timeMs, Consumer<K> due) {
    while (!queue.isEmpty() && queue.first().timeMs() <= timeMs) {
      pollFirst().ifPresent(due);
    }
  }

  /** Takes the first key, due or not. */
  public Optional<K> pollFirst() {
    return Optional.ofNullable(queue.pollFirst()).map(Due::key);
  }

  public OptionalLong firstTimeMs() {
    return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.first().timeMs());
  }

  public int size() {
    return queue.size();
  }

  public void clear() {
    queue.clear();
  }

  /** Everything queued, in order. */
  public void forEach(Consumer<Due<K>> consumer) {
    queue.forEach(consumer);
  }
}
