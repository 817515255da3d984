package dev.usher.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.replica.SnapshotContent;
import dev.usher.seats.proto.SeatSnapshotPiece;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What is in a saved snapshot, counted without making a state of it. */
public final class Contents {
  private final SequencedMap<String, Long> counts = new LinkedHashMap<>();

  private Contents() {}

  /**
   * Counts.
   *
   * @return what there is, by name; empty for a group that this program does not know
   * @throws IllegalArgumentException when the content is not such a group's
   */
  public static SequencedMap<String, Long> of(SavedGroup saved) throws IOException {
    Contents contents = new Contents();
    try (InputStream content = saved.content()) {
      SnapshotContent read = SnapshotContent.read(content);
      contents.add("answers", read.requestCount());
      GroupId group = saved.group();
      while (read.machine().hasNext()) {
        contents.count(group, read.machine().next());
      }
    }
    return Collections.unmodifiableSequencedMap(contents.counts);
  }

  private void count(GroupId group, Bytes piece) {
    try {
      if (group.equals(Groups.SYSTEM)) {
        count(DirectorySnapshotPiece.parseFrom(piece.unsafeArray()));
      } else if (Groups.isSeats(group)) {
        count(SeatSnapshotPiece.parseFrom(piece.unsafeArray()));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a piece that is none of group " + group, e);
    }
  }

  private void count(SeatSnapshotPiece piece) {
    switch (piece.getPieceCase()) {
      case CLOCK -> {}
      case VENUE -> add("venues", 1);
      case EVENT -> add("events", 1);
      case SEATS -> add("seats", piece.getSeats().getStatesCount());
      case HOLD -> add(piece.getHold().getExpired() ? "expired holds" : "holds", 1);
      case BOOKING -> add("bookings", 1);
      case PIECE_NOT_SET -> add("unknown", 1);
    }
  }

  private void count(DirectorySnapshotPiece piece) {
    switch (piece.getPieceCase()) {
      case CLOCK, JOURNAL_OPEN -> {}
      case USER -> add("users", 1);
      case SESSION -> add("sessions", 1);
      case PAYMENT_METHOD -> add("payment methods", 1);
      case JOURNAL_ROW -> add("journals", 1);
      case JOURNAL_EVENT -> add("journal events", 1);
      case JOURNAL_SNAPSHOT -> add("journal snapshots", 1);
      case PIECE_NOT_SET -> add("unknown", 1);
    }
  }

  private void add(String name, long count) {
    counts.merge(name, count, Long::sum);
  }
}
