package dev.usher.grpc;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatChanges;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a watcher has not read yet. Up to a limit every change waits by itself; beyond it all that
 * waits becomes one change with the latest state of each seat, so a reader who stops reading costs
 * at most the size of the event. Safe for any thread.
 */
final class SeatBuffer {
  private final int changesMost;
  private final ArrayDeque<SeatChanges> waiting = new ArrayDeque<>();

  SeatBuffer(int changesMost) {
    this.changesMost = changesMost;
  }

  /** Adds a change; revisions never decrease. A change without seats only says how far we are. */
  synchronized void add(SeatChanges changes) {
    var last = waiting.peekLast();
    if (last != null && changes.seats().isEmpty()) {
      waiting.removeLast();
      waiting.addLast(new SeatChanges(changes.revision(), last.seats()));
      return;
    }
    waiting.addLast(changes);
    if (waiting.size() > changesMost) {
      merge();
    }
  }

  synchronized Optional<SeatChanges> next() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  private void merge() {
    var latest = new LinkedHashMap<String, Seat>();
    for (var changes : waiting) {
      for (var seat : changes.seats()) {
        // Taken out first, so that a seat stands where its latest change was.
        latest.remove(seat.seatId());
        latest.put(seat.seatId(), seat);
      }
    }
    long revision = waiting.getLast().revision();
    waiting.clear();
    waiting.add(new SeatChanges(revision, List.copyOf(latest.values())));
  }
}
