package dev.usher.directory;

import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalSnapshot;
import java.util.List;
import java.util.Optional;

/** What is wrong with a command to the journal by itself, whatever the journal holds. */
final class JournalChecks {
  private JournalChecks() {}

  static Optional<DirectoryResult> id(String id) {
    return id.isEmpty() || id.length() > DirectoryLimits.JOURNAL_ID_LENGTH
        ? Optional.of(
            Answers.malformed(
                "persistence_id: has 1 to " + DirectoryLimits.JOURNAL_ID_LENGTH + " characters"))
        : Optional.empty();
  }

  /** One write: some events, numbered in order, within the limits. */
  static Optional<DirectoryResult> events(List<JournalEvent> events) {
    if (events.isEmpty() || events.getFirst().getSequenceNumber() < 1) {
      return Optional.of(Answers.malformed("events: at least one, numbered from 1"));
    }
    long before = 0;
    long size = 0;
    for (var event : events) {
      if (event.getSequenceNumber() <= before) {
        return Optional.of(Answers.malformed("events: sequence numbers must increase"));
      }
      if (event.getSerializedSize() > DirectoryLimits.JOURNAL_EVENT_BYTES) {
        return Optional.of(
            Answers.malformed(
                "events: one has at most " + DirectoryLimits.JOURNAL_EVENT_BYTES + " bytes"));
      }
      before = event.getSequenceNumber();
      size += event.getSerializedSize();
    }
    return size > DirectoryLimits.JOURNAL_WRITE_BYTES
        ? Optional.of(
            Answers.malformed(
                "events: one write has at most " + DirectoryLimits.JOURNAL_WRITE_BYTES + " bytes"))
        : Optional.empty();
  }

  static Optional<DirectoryResult> snapshot(JournalSnapshot snapshot) {
    return snapshot.getSerializedSize() > DirectoryLimits.JOURNAL_SNAPSHOT_BYTES
        ? Optional.of(
            Answers.malformed(
                "snapshot: at most " + DirectoryLimits.JOURNAL_SNAPSHOT_BYTES + " bytes"))
        : Optional.empty();
  }
}
