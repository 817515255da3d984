package dev.usher.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.SnapshotClock;
import dev.usher.raft.Bytes;
import dev.usher.replica.Newer;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The whole state of the system group as pieces and back; see {@code directory_snapshot.proto}.
 * Every part copies its references when asked, so that the pieces can be made later, elsewhere.
 */
final class DirectorySnapshot {
  private final Accounts accounts;
  private final Sessions sessions;
  private final PaymentMethods paymentMethods;
  private final JournalTable journal;

  DirectorySnapshot(
      Accounts accounts, Sessions sessions, PaymentMethods paymentMethods, JournalTable journal) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.paymentMethods = paymentMethods;
    this.journal = journal;
  }

  Iterator<Bytes> write(long revision, long timeMs) {
    var clock =
        SnapshotClock.newBuilder()
            .setRevision(revision)
            .setTimeMillis(timeMs)
            .setNextSessionNumber(sessions.nextNumber());
    return Stream.of(
            Stream.of(DirectorySnapshotPiece.newBuilder().setClock(clock).build()),
            accounts.snapshot(),
            sessions.snapshot(),
            paymentMethods.snapshot(),
            journal.snapshot())
        .reduce(Stream.empty(), Stream::concat)
        .map(piece -> Bytes.wrap(piece.toByteArray()))
        .iterator();
  }

  /** Replaces everything; gives the clock. Throws IllegalArgumentException on what is no piece. */
  SnapshotClock read(Iterator<Bytes> pieces) {
    accounts.clear();
    sessions.clear();
    paymentMethods.clear();
    journal.clear();
    var clock = SnapshotClock.getDefaultInstance();
    while (pieces.hasNext()) {
      var piece = parse(pieces.next());
      switch (piece.getPieceCase()) {
        case CLOCK -> clock = piece.getClock();
        case USER -> accounts.restore(piece.getUser());
        case SESSION -> sessions.restore(piece.getSession());
        case PAYMENT_METHOD -> paymentMethods.restore(piece.getPaymentMethod());
        case JOURNAL_ROW -> journal.restore(piece.getJournalRow());
        case JOURNAL_EVENT -> journal.restore(piece.getJournalEvent());
        case JOURNAL_SNAPSHOT -> journal.restore(piece.getJournalSnapshot());
        case JOURNAL_OPEN -> journal.restore(piece.getJournalOpen());
        case PIECE_NOT_SET -> throw new IllegalArgumentException("an empty piece");
      }
    }
    sessions.restored(clock.getNextSessionNumber());
    return clock;
  }

  private static DirectorySnapshotPiece parse(Bytes piece) {
    try {
      return Newer.refused(
          "a snapshot of the directory", DirectorySnapshotPiece.parseFrom(piece.unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a piece of the directory's state", e);
    }
  }
}
