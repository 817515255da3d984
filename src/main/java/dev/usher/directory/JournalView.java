package dev.usher.directory;

import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalSnapshot;
import java.util.List;
import java.util.Optional;

/** What persistent actors wrote, as readers see it; live, as {@link DirectoryView} is. */
public interface JournalView {
  /**
   * Events of an actor in the order of their numbers.
   *
   * @param from the first sequence number
   * @param to the last one
   * @param limit at most so many
   * @param bytesMax no more once so many bytes are there; the first always fits
   */
  List<JournalEvent> events(String persistenceId, long from, long to, int limit, int bytesMax);

  /** The greatest sequence number that the actor ever used, 0 when it is not known. */
  long highestSequenceNumber(String persistenceId);

  /** The youngest snapshot within all four bounds, which count in. */
  Optional<JournalSnapshot> snapshot(
      String persistenceId,
      long minSequenceNumber,
      long maxSequenceNumber,
      long minTimestamp,
      long maxTimestamp);

  /**
   * Actors with events that don't expire by themselves, the longest silent first.
   *
   * @param prefix of their persistence ids
   */
  List<Open> open(String prefix, int limit);

  /**
   * An actor that has events.
   *
   * @param tags of its last event
   */
  record Open(String persistenceId, List<String> tags) {}

  /** How many bytes all events and snapshots have. */
  long bytes();
}
