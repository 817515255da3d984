package dev.usher.booking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** When which open saga is to be woken: silent for a while first, then less and less often. */
final class SagaWatch {
  /** Sagas that are woken in one look: a dead node's are some hundred. */
  private static final int WAKE_AT_ONCE = 256;

  private record Watched(long dueNanos, Duration backoff) {}

  private final SagaSweep.Settings settings;
  private final Map<String, Watched> watched = new HashMap<>();

  SagaWatch(SagaSweep.Settings settings) {
    this.settings = settings;
  }

  /**
   * The sagas to wake now. A saga counts as silent from when it was first seen: no clock but this
   * node's own.
   *
   * @param open all that have not ended
   * @param nowNanos of a monotonic clock
   */
  List<OpenSagas.Open> due(
      List<OpenSagas.Open> open, Predicate<OpenSagas.Open> isMine, long nowNanos) {
    watched
        .keySet()
        .retainAll(open.stream().map(OpenSagas.Open::bookingId).collect(Collectors.toSet()));
    List<OpenSagas.Open> due = new ArrayList<>();
    for (var saga : open) {
      var before =
          watched.computeIfAbsent(saga.bookingId(), id -> next(nowNanos, settings.silence()));
      if (due.size() < WAKE_AT_ONCE && before.dueNanos() - nowNanos <= 0 && isMine.test(saga)) {
        watched.put(saga.bookingId(), next(nowNanos, before.backoff()));
        due.add(saga);
      }
    }
    return due;
  }

  private Watched next(long nowNanos, Duration pause) {
    var doubled = pause.multipliedBy(2);
    return new Watched(
        nowNanos + pause.toNanos(),
        doubled.compareTo(settings.maxBackoff()) > 0 ? settings.maxBackoff() : doubled);
  }
}
