package dev.usher.directory;

import static java.util.Objects.requireNonNull;

import dev.usher.directory.proto.AppendEvents;
import dev.usher.directory.proto.DeleteEvents;
import dev.usher.directory.proto.DeleteSnapshots;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalOpenState;
import dev.usher.directory.proto.JournalRowState;
import dev.usher.directory.proto.JournalSnapshot;
import dev.usher.directory.proto.SaveSnapshot;
import dev.usher.replica.StateDigest;
import dev.usher.replica.TimedQueue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events and snapshots of persistent actors. Every command may come twice: the second time it
 * changes nothing, so no answers need to be remembered. Two copies of an actor can't both write:
 * the one that comes second in the log has a sequence number that is taken, and is refused.
 */
final class JournalTable implements JournalView {
  private final TreeMap<String, JournalRow> rows = new TreeMap<>();

  /** Those with events that stay, the last to write last. */
  private final LinkedHashSet<String> open = new LinkedHashSet<>();

  private final TimedQueue<String> due = new TimedQueue<>();
  private long bytes;
  private @Nullable JournalRow restoring;

  DirectoryResult append(long timeMs, AppendEvents command) {
    var events = command.getEventsList();
    var id = command.getPersistenceId();
    var problem = JournalChecks.id(id).or(() -> JournalChecks.events(events));
    if (problem.isPresent()) {
      return problem.get();
    }
    var known = rows.get(id);
    if (known != null && events.getFirst().getSequenceNumber() <= known.highest()) {
      return known.hasAll(events)
          ? Answers.done()
          : Answers.refused(
              DirectoryReason.JOURNAL_CONFLICT,
              "Another copy of "
                  + id
                  + " has written event "
                  + events.getFirst().getSequenceNumber()
                  + ".");
    }
    long size = events.stream().mapToLong(JournalEvent::getSerializedSize).sum();
    int count = known == null ? events.size() : known.eventCount() + events.size();
    if (count > DirectoryLimits.JOURNAL_EVENTS_PER_ID) {
      return full(id + " has " + DirectoryLimits.JOURNAL_EVENTS_PER_ID + " events; delete some.");
    }
    var noRoom = checkRoom(known, size);
    if (noRoom.isPresent()) {
      return noRoom.get();
    }
    var row = rows.computeIfAbsent(id, fresh -> new JournalRow());
    row.add(events);
    bytes += size;
    open.remove(id);
    if (command.getExpireAfterMillis() > 0) {
      dueAt(id, row, timeMs + command.getExpireAfterMillis());
    } else {
      open.add(id);
      dueAt(id, row, JournalRow.NEVER);
    }
    return Answers.done();
  }

  DirectoryResult delete(long timeMs, DeleteEvents command) {
    for (var range : command.getRangesList()) {
      change(
          timeMs, range.getPersistenceId(), row -> row.deleteEvents(range.getToSequenceNumber()));
    }
    return Answers.done();
  }

  DirectoryResult save(long timeMs, SaveSnapshot command) {
    var id = command.getPersistenceId();
    var snapshot = command.getSnapshot();
    var known = rows.get(id);
    var problem =
        JournalChecks.snapshot(snapshot)
            .or(() -> JournalChecks.id(id))
            .or(() -> checkRoom(known, snapshot.getSerializedSize()));
    if (problem.isPresent()) {
      return problem.get();
    }
    if (known != null
        && known.snapshotCount() >= DirectoryLimits.JOURNAL_SNAPSHOTS_PER_ID
        && !known.hasSnapshot(snapshot.getSequenceNumber())) {
      return full(
          id + " has " + DirectoryLimits.JOURNAL_SNAPSHOTS_PER_ID + " snapshots; delete some.");
    }
    rows.computeIfAbsent(id, fresh -> new JournalRow());
    change(timeMs, id, row -> row.save(snapshot));
    return Answers.done();
  }

  DirectoryResult delete(long timeMs, DeleteSnapshots command) {
    var within =
        JournalRow.within(
            command.getMinSequenceNumber(),
            command.getMaxSequenceNumber(),
            command.getMinTimestamp(),
            command.getMaxTimestamp());
    change(timeMs, command.getPersistenceId(), row -> row.deleteSnapshots(within));
    return Answers.done();
  }

  /** A change other than an append, which may leave nothing of the row but its number. */
  private void change(long timeMs, String id, Consumer<JournalRow> what) {
    var row = rows.get(id);
    if (row == null) {
      return;
    }
    bytes -= row.bytes();
    what.accept(row);
    bytes += row.bytes();
    if (row.eventCount() == 0) {
      open.remove(id);
      dueAt(
          id,
          row,
          row.isEmpty() ? timeMs + DirectoryLimits.JOURNAL_MEMORY.toMillis() : JournalRow.NEVER);
    }
  }

  private void dueAt(String id, JournalRow row, long ms) {
    if (row.dueMs() != JournalRow.NEVER) {
      due.remove(row.dueMs(), id);
    }
    row.dueAt(ms);
    if (ms != JournalRow.NEVER) {
      due.add(ms, id);
    }
  }

  /** Deletes what was to be kept until now, and forgets who has had nothing for long. */
  void expire(long timeMs) {
    while (due.firstTimeMs().orElse(JournalRow.NEVER) <= timeMs) {
      due.pollFirst().ifPresent(id -> expire(timeMs, id));
    }
  }

  private void expire(long timeMs, String id) {
    var row = row(id);
    row.dueAt(JournalRow.NEVER);
    if (row.isEmpty()) {
      rows.remove(id);
    } else {
      change(
          timeMs,
          id,
          known -> {
            known.deleteEvents(Long.MAX_VALUE);
            known.deleteSnapshots(snapshot -> true);
          });
    }
  }

  private JournalRow row(String id) {
    return requireNonNull(rows.get(id), () -> "there is no row of " + id);
  }

  OptionalLong nextExpiryMs() {
    return due.firstTimeMs();
  }

  private Optional<DirectoryResult> checkRoom(@Nullable JournalRow known, long size) {
    if (known == null && rows.size() >= DirectoryLimits.JOURNAL_IDS) {
      return Optional.of(
          full("The journal has " + DirectoryLimits.JOURNAL_IDS + " persistent actors already."));
    }
    return bytes + size > DirectoryLimits.JOURNAL_BYTES
        ? Optional.of(full("The journal has no room for " + size + " more bytes."))
        : Optional.empty();
  }

  private static DirectoryResult full(String sentence) {
    return Answers.refused(DirectoryReason.JOURNAL_FULL, sentence);
  }

  @Override
  public List<JournalEvent> events(String id, long from, long to, int limit, int bytesMax) {
    var row = rows.get(id);
    return row == null ? List.of() : row.events(from, to, limit, bytesMax);
  }

  @Override
  public long highestSequenceNumber(String id) {
    var row = rows.get(id);
    return row == null ? 0 : row.highest();
  }

  @Override
  public Optional<JournalSnapshot> snapshot(
      String id, long minNumber, long maxNumber, long minTimestamp, long maxTimestamp) {
    return Optional.ofNullable(rows.get(id))
        .flatMap(
            row ->
                row.youngest(JournalRow.within(minNumber, maxNumber, minTimestamp, maxTimestamp)));
  }

  @Override
  public List<Open> open(String prefix, int limit) {
    return open.stream()
        .filter(id -> id.startsWith(prefix))
        .limit(limit)
        .map(id -> new Open(id, row(id).lastTags()))
        .toList();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  Stream<DirectorySnapshotPiece> snapshot() {
    var rowsNow = rows.entrySet().stream().map(e -> e.getValue().snapshot(e.getKey())).toList();
    var openNow = List.copyOf(open);
    return Stream.concat(
        rowsNow.stream().flatMap(pieces -> pieces),
        openNow.stream()
            .map(
                id ->
                    DirectorySnapshotPiece.newBuilder()
                        .setJournalOpen(JournalOpenState.newBuilder().setPersistenceId(id))
                        .build()));
  }

  /** The row that the next events and snapshots belong to. */
  void restore(JournalRowState state) {
    restoring = JournalRow.restored(state);
    if (rows.putIfAbsent(state.getPersistenceId(), restoring) != null) {
      throw new IllegalArgumentException("two rows of " + state.getPersistenceId());
    }
    if (restoring.dueMs() != JournalRow.NEVER) {
      due.add(restoring.dueMs(), state.getPersistenceId());
    }
  }

  void restore(JournalEvent event) {
    restored(row -> row.add(List.of(event)));
  }

  void restore(JournalSnapshot snapshot) {
    restored(row -> row.save(snapshot));
  }

  void restore(JournalOpenState state) {
    open.add(state.getPersistenceId());
  }

  private void restored(Consumer<JournalRow> part) {
    if (restoring == null) {
      throw new IllegalArgumentException("a part of a row comes before every row");
    }
    bytes -= restoring.bytes();
    part.accept(restoring);
    bytes += restoring.bytes();
  }

  void clear() {
    rows.clear();
    open.clear();
    due.clear();
    bytes = 0;
    restoring = null;
  }

  void digest(StateDigest digest) {
    digest.add(rows.size());
    rows.forEach(
        (id, row) -> {
          digest.add(id);
          row.digest(digest);
        });
    digest.add(open.size());
    open.forEach(digest::add);
  }
}
