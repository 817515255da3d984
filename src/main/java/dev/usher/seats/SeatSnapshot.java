package dev.usher.seats;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.raft.Bytes;
import dev.usher.replica.Newer;
import dev.usher.seats.proto.EventState;
import dev.usher.seats.proto.SeatSnapshotPiece;
import dev.usher.seats.proto.SeatStates;
import dev.usher.seats.proto.SnapshotClock;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The whole state of a seat group as pieces and back; see {@code seat_snapshot.proto}. Every part
 * of the model copies its references when asked, so that the pieces can be made later, elsewhere.
 */
final class SeatSnapshot {
  private SeatSnapshot() {}

  static Iterator<Bytes> of(SeatModel model) {
    var clock =
        SnapshotClock.newBuilder().setRevision(model.revision()).setTimeMillis(model.timeMs());
    return Stream.of(
            Stream.of(SeatSnapshotPiece.newBuilder().setClock(clock).build()),
            model.venues().snapshot(),
            model.events().snapshot(),
            model.holds().snapshot(),
            model.bookings().snapshot())
        .reduce(Stream.empty(), Stream::concat)
        .map(piece -> Bytes.wrap(piece.toByteArray()))
        .iterator();
  }

  /** Fills an empty model; gives the clock. Throws IllegalArgumentException on what is no piece. */
  static SnapshotClock restore(SeatModel empty, Iterator<Bytes> pieces) {
    var clock = SnapshotClock.getDefaultInstance();
    var seats = new SeatsInOrder(empty.events());
    while (pieces.hasNext()) {
      var piece = parse(pieces.next());
      switch (piece.getPieceCase()) {
        case CLOCK -> clock = piece.getClock();
        case VENUE -> empty.venues().restore(piece.getVenue());
        case EVENT -> seats.begin(piece.getEvent());
        case SEATS -> seats.add(piece.getSeats());
        case HOLD -> empty.holds().restore(piece.getHold());
        case BOOKING -> empty.bookings().restore(piece.getBooking());
        case PIECE_NOT_SET -> throw new IllegalArgumentException("an empty piece");
      }
    }
    empty.bookings().restored();
    return clock;
  }

  private static SeatSnapshotPiece parse(Bytes piece) {
    try {
      return Newer.refused("a snapshot of seats", SeatSnapshotPiece.parseFrom(piece.unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a piece of a seat group's state", e);
    }
  }

  /** The seats of an event come behind it, in as many pieces as they need. */
  private static final class SeatsInOrder {
    private final Events events;
    private String eventId = "";
    private int position;

    SeatsInOrder(Events events) {
      this.events = events;
    }

    void begin(EventState event) {
      events.restore(event);
      eventId = event.getDefinition().getEventId();
      position = 0;
    }

    void add(SeatStates states) {
      events.get(eventId).seats().restore(position, states);
      position += states.getStatesCount();
    }
  }
}
