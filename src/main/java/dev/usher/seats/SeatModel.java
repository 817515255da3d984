package dev.usher.seats;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.raft.Bytes;
import dev.usher.replica.Newer;
import dev.usher.replica.StateDigest;
import dev.usher.replica.StateMachine;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatResult;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * The state of one seat group: what its log means. Each idea has a class of its own; this one knows
 * which command goes where and in which order an entry is worked off:
 *
 * <ol>
 *   <li>{@link #advance}: log time moves on, holds that are over free their seats;
 *   <li>{@link #apply}: the command, if there is one;
 *   <li>{@link #complete}: watches are told what both did, in one call.
 * </ol>
 */
public final class SeatModel implements StateMachine<SeatView> {
  private final Watches watches = new Watches();
  private final Venues venues = new Venues();
  private final Events events = new Events(watches);
  private final Holds holds = new Holds(events);
  private final BookingTable bookings = new BookingTable();
  private final Sales sales = new Sales(events, holds, bookings);
  private final Settlement settlement = new Settlement(bookings);
  private final Endings endings = new Endings(events, bookings);
  private final Tickets tickets = new Tickets(bookings);
  private final SeatView view = new LiveSeatView(this);

  private long revision;
  private long timeMs;

  @Override
  public void advance(long index, long timeMs) {
    if (index < revision || timeMs < this.timeMs) {
      throw new IllegalStateException(
          "entry " + index + " at " + timeMs + " after " + revision + " at " + this.timeMs);
    }
    this.revision = index;
    this.timeMs = timeMs;
    holds.expire(index, timeMs);
    bookings.forgetDue(timeMs);
  }

  @Override
  public Bytes apply(long index, long timeMs, Bytes command) {
    return Bytes.wrap(answer(index, timeMs, command).toByteArray());
  }

  private SeatResult answer(long index, long timeMs, Bytes bytes) {
    SeatCommand command;
    try {
      command = Newer.refused("a seat command", SeatCommand.parseFrom(bytes.unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      return Answers.refused(Answers.malformed("command", "the bytes are no seat command"));
    }
    return switch (command.getCommandCase()) {
      case CREATE_VENUE -> venues.create(index, command.getCreateVenue());
      case CREATE_EVENT -> events.create(index, command.getCreateEvent());
      case PUBLISH_EVENT -> events.publish(index, command.getPublishEvent());
      case CREATE_HOLD -> holds.create(index, timeMs, command.getCreateHold());
      case DELETE_HOLD -> holds.delete(index, command.getDeleteHold());
      case EXTEND_HOLD -> holds.extend(index, timeMs, command.getExtendHold());
      case COMMIT_BOOKING -> sales.commit(index, timeMs, command.getCommitBooking());
      case RECORD_CAPTURE -> settlement.captured(index, timeMs, command.getRecordCapture());
      case RECORD_VOID -> settlement.voided(index, timeMs, command.getRecordVoid());
      case RECORD_REFUND -> settlement.refunded(index, timeMs, command.getRecordRefund());
      case CANCEL_BOOKING -> endings.cancel(index, timeMs, command.getCancelBooking());
      case FENCE -> endings.fence(index, timeMs, command.getFence());
      case RELEASE_UNPAID -> endings.release(index, timeMs, command.getReleaseUnpaid());
      case REDEEM_TICKET -> tickets.redeem(index, timeMs, command.getRedeemTicket());
      case COMMAND_NOT_SET -> Answers.refused(Answers.malformed("command", "there is none"));
    };
  }

  @Override
  public void complete(long index) {
    watches.flush(index, eventId -> events.get(eventId).seats());
  }

  @Override
  public OptionalLong nextDeadlineMs() {
    return holds.nextExpiryMs();
  }

  @Override
  public SeatView view() {
    return view;
  }

  @Override
  public Iterator<Bytes> snapshot() {
    return SeatSnapshot.of(this);
  }

  @Override
  public void restore(Iterator<Bytes> pieces) {
    long before = revision;
    venues.clear();
    events.clear();
    holds.clear();
    bookings.clear();
    var clock = SeatSnapshot.restore(this, pieces);
    revision = clock.getRevision();
    timeMs = clock.getTimeMillis();
    events.tellChangedAfter(before);
    complete(revision);
  }

  @Override
  public Bytes digest() {
    var digest = new StateDigest().add(revision).add(timeMs);
    venues.digest(digest);
    events.digest(digest);
    holds.digest(digest);
    bookings.digest(digest);
    return digest.finish();
  }

  long revision() {
    return revision;
  }

  long timeMs() {
    return timeMs;
  }

  Venues venues() {
    return venues;
  }

  Events events() {
    return events;
  }

  Holds holds() {
    return holds;
  }

  BookingTable bookings() {
    return bookings;
  }

  Watches watches() {
    return watches;
  }
}
