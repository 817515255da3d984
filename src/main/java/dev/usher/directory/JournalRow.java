package dev.usher.directory;

import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalRowState;
import dev.usher.directory.proto.JournalSnapshot;
import dev.usher.replica.StateDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What one persistent actor wrote. */
final class JournalRow {
  static final long NEVER = Long.MAX_VALUE;

  // In the order of sequence numbers, which may have gaps: a rejected event leaves one.
  private final TreeMap<Long, JournalEvent> events = new TreeMap<>();
  private final TreeMap<Long, JournalSnapshot> snapshots = new TreeMap<>();
  private long highest;
  private long bytes;
  private long dueMs = NEVER;

  long highest() {
    return highest;
  }

  long bytes() {
    return bytes;
  }

  /** Log time at which the events are deleted or, when there is nothing, the row is forgotten. */
  long dueMs() {
    return dueMs;
  }

  void dueAt(long ms) {
    dueMs = ms;
  }

  int eventCount() {
    return events.size();
  }

  int snapshotCount() {
    return snapshots.size();
  }

  List<String> lastTags() {
    return events.isEmpty() ? List.of() : List.copyOf(events.lastEntry().getValue().getTagsList());
  }

  boolean isEmpty() {
    return events.isEmpty() && snapshots.isEmpty();
  }

  boolean hasAll(List<JournalEvent> written) {
    return written.stream().allMatch(event -> event.equals(events.get(event.getSequenceNumber())));
  }

  boolean hasSnapshot(long sequenceNumber) {
    return snapshots.containsKey(sequenceNumber);
  }

  /** Which snapshots a persistent actor means (Pekko's SnapshotSelectionCriteria). */
  static Predicate<JournalSnapshot> within(
      long minNumber, long maxNumber, long minTimestamp, long maxTimestamp) {
    return snapshot ->
        snapshot.getSequenceNumber() >= minNumber
            && snapshot.getSequenceNumber() <= maxNumber
            && snapshot.getTimestamp() >= minTimestamp
            && snapshot.getTimestamp() <= maxTimestamp;
  }

  void add(List<JournalEvent> written) {
    for (var event : written) {
      events.put(event.getSequenceNumber(), event);
      bytes += event.getSerializedSize();
      highest = Math.max(highest, event.getSequenceNumber());
    }
  }

  void deleteEvents(long to) {
    var gone = events.headMap(to, true);
    bytes -= gone.values().stream().mapToLong(JournalEvent::getSerializedSize).sum();
    gone.clear();
  }

  void save(JournalSnapshot snapshot) {
    deleteSnapshots(old -> old.getSequenceNumber() == snapshot.getSequenceNumber());
    snapshots.put(snapshot.getSequenceNumber(), snapshot);
    bytes += snapshot.getSerializedSize();
    highest = Math.max(highest, snapshot.getSequenceNumber());
  }

  void deleteSnapshots(Predicate<JournalSnapshot> which) {
    var gone = snapshots.values().stream().filter(which).toList();
    for (var snapshot : gone) {
      snapshots.remove(snapshot.getSequenceNumber());
      bytes -= snapshot.getSerializedSize();
    }
  }

  List<JournalEvent> events(long from, long to, int limit, int bytesMax) {
    List<JournalEvent> page = new ArrayList<>();
    if (from > to) {
      return page;
    }
    long pageBytes = 0;
    for (var event : events.subMap(from, true, to, true).values()) {
      pageBytes += event.getSerializedSize();
      if (page.size() == limit || (!page.isEmpty() && pageBytes > bytesMax)) {
        break;
      }
      page.add(event);
    }
    return page;
  }

  Optional<JournalSnapshot> youngest(Predicate<JournalSnapshot> which) {
    return snapshots.descendingMap().values().stream().filter(which).findFirst();
  }

  /** This row as it is now; the pieces don't change with it. */
  Stream<DirectorySnapshotPiece> snapshot(String persistenceId) {
    var head =
        DirectorySnapshotPiece.newBuilder()
            .setJournalRow(
                JournalRowState.newBuilder()
                    .setPersistenceId(persistenceId)
                    .setHighestSequenceNumber(highest)
                    .setDueMillis(dueMs))
            .build();
    var eventsNow = List.copyOf(events.values());
    var snapshotsNow = List.copyOf(snapshots.values());
    return Stream.concat(
        Stream.of(head),
        Stream.concat(
            eventsNow.stream()
                .map(event -> DirectorySnapshotPiece.newBuilder().setJournalEvent(event).build()),
            snapshotsNow.stream()
                .map(
                    snapshot ->
                        DirectorySnapshotPiece.newBuilder().setJournalSnapshot(snapshot).build())));
  }

  /** A row without its events and snapshots, which {@link #add} and {@link #save} bring back. */
  static JournalRow restored(JournalRowState state) {
    var row = new JournalRow();
    row.highest = state.getHighestSequenceNumber();
    row.dueMs = state.getDueMillis();
    return row;
  }

  void digest(StateDigest digest) {
    digest.add(highest).add(dueMs).add(events.size()).add(snapshots.size());
    events.values().forEach(digest::add);
    snapshots.values().forEach(digest::add);
  }
}
