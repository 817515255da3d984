package dev.usher.booking;

import dev.usher.directory.Directory;
import dev.usher.directory.JournalView;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which sagas have not ended: those that have events in the journal. Safe for any thread. */
public interface OpenSagas {
  /** Before the booking id in a saga's persistence id. */
  String PREFIX = "booking|";

  /** Before the node in the tag of an event. */
  String HOME = "home:";

  /**
   * Whether the saga of a booking has something in the journal; as of now, on any node.
   *
   * @return fails when that can't be found out in time
   */
  CompletionStage<Boolean> isOpen(String bookingId);

  /**
   * The sagas that have not ended, as this node's own copy of the journal knows them; the longest
   * silent first.
   */
  CompletionStage<List<Open>> open(int limit);

  /**
   * A saga that has not ended.
   *
   * @param home where it was begun
   */
  record Open(String bookingId, NodeId home) {}

  /** The tag that an open saga's event carries. */
  static String homeTag(NodeId home) {
    return HOME + home.value();
  }

  /** As the journal in the directory tells. */
  static OpenSagas in(Directory directory, Duration timeout) {
    return new OpenSagas() {
      @Override
      public CompletionStage<Boolean> isOpen(String bookingId) {
        return directory.read(
            view -> !view.journal().events(PREFIX + bookingId, 1, Long.MAX_VALUE, 1, 1).isEmpty(),
            timeout);
      }

      @Override
      public CompletionStage<List<Open>> open(int limit) {
        return directory
            .replica()
            .readStale(
                view ->
                    view.journal().open(PREFIX, limit).stream()
                        .flatMap(open -> begun(open).stream())
                        .toList());
      }
    };
  }

  private static Optional<Open> begun(JournalView.Open open) {
    return open.tags().stream()
        .filter(tag -> tag.startsWith(HOME))
        .findFirst()
        .map(
            tag ->
                new Open(
                    open.persistenceId().substring(PREFIX.length()),
                    new NodeId(tag.substring(HOME.length()))));
  }
}
