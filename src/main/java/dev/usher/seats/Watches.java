package dev.usher.seats;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatChanges;
import dev.usher.seats.SeatView.Subscription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who follows the seats of which event on this node, and what the entry being applied has changed
 * so far. No part of the replicated state: a node's watches are its own.
 */
final class Watches {
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final Map<String, CopyOnWriteArrayList<Watch>> watches = new ConcurrentHashMap<>();
  private final TreeMap<String, TreeSet<Integer>> pending = new TreeMap<>();

  /** A seat of the event changed in the entry being applied. */
  void changed(String eventId, int position) {
    if (watches.containsKey(eventId)) {
      pending.computeIfAbsent(eventId, id -> new TreeSet<>()).add(position);
    }
  }

  /** The entry is applied: tells each watch of what it changed, in one call. */
  void flush(long revision, Function<String, SeatMap> seatsOf) {
    for (var change : pending.entrySet()) {
      var map = seatsOf.apply(change.getKey());
      List<Seat> seats = change.getValue().stream().map(map::at).toList();
      var changes = new SeatChanges(revision, seats);
      watches
          .getOrDefault(change.getKey(), new CopyOnWriteArrayList<>())
          .forEach(watch -> watch.tell(changes));
    }
    pending.clear();
  }

  /**
   * Begins a watch.
   *
   * @param afterRevision what the consumer knows already; may lie ahead of this replica
   * @param missed what happened since
   */
  Subscription add(
      String eventId, long afterRevision, SeatChanges missed, Consumer<SeatChanges> consumer) {
    var watch = new Watch(eventId, afterRevision, consumer);
    watches.compute(
        eventId,
        (id, list) -> {
          var watchesOfEvent = list == null ? new CopyOnWriteArrayList<Watch>() : list;
          watchesOfEvent.add(watch);
          return watchesOfEvent;
        });
    if (!missed.seats().isEmpty()) {
      watch.tell(missed);
    }
    return watch;
  }

  private final class Watch implements Subscription {
    private final String eventId;
    private final long afterRevision;
    private final Consumer<SeatChanges> consumer;

    Watch(String eventId, long afterRevision, Consumer<SeatChanges> consumer) {
      this.eventId = eventId;
      this.afterRevision = afterRevision;
      this.consumer = consumer;
    }

    /** A consumer that throws loses its watch; the log must not stop for it. */
    void tell(SeatChanges changes) {
      if (changes.revision() <= afterRevision) {
        return;
      }
      try {
        consumer.accept(changes);
      } catch (RuntimeException e) {
        LOG.warn("watch dropped event={} revision={}", eventId, changes.revision(), e);
        cancel();
      }
    }

    @Override
    public void cancel() {
      watches.computeIfPresent(
          eventId,
          (id, list) -> {
            list.remove(this);
            return list.isEmpty() ? null : list;
          });
    }
  }
}
