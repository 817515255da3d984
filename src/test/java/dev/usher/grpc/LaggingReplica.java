package dev.usher.grpc;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Another node's replica of the same group: its own copy has applied nothing yet, so only a
 * linearizable read, which catches up first, sees the state.
 *
 * @param knownFrom watches that begin before this revision are too late
 */
record LaggingReplica(Replica<SeatView> origin, long knownFrom) implements Replica<SeatView> {
  @Override
  public GroupId group() {
    return origin.group();
  }

  @Override
  public CompletionStage<Outcome> propose(Proposal proposal, Duration timeout) {
    return origin.propose(proposal, timeout);
  }

  @Override
  public <R> CompletionStage<R> read(Function<SeatView, R> query, Duration timeout) {
    return origin.read(view -> query.apply(new View(view, knownFrom, false)), timeout);
  }

  @Override
  public <R> CompletionStage<R> readStale(Function<SeatView, R> query) {
    return origin.readStale(view -> query.apply(new View(view, knownFrom, true)));
  }

  @Override
  public boolean isLeader() {
    return false;
  }

  @Override
  public Optional<NodeId> leader() {
    return origin.leader();
  }

  private record View(SeatView now, long knownFrom, boolean empty) implements SeatView {
    @Override
    public long revision() {
      return empty ? 0 : now.revision();
    }

    @Override
    public long timeMs() {
      return now.timeMs();
    }

    @Override
    public Optional<Venue> venue(String venueId) {
      return empty ? Optional.empty() : now.venue(venueId);
    }

    @Override
    public List<Venue> venues() {
      return empty ? List.of() : now.venues();
    }

    @Override
    public Optional<Plan> plan(String venueId) {
      return empty ? Optional.empty() : now.plan(venueId);
    }

    @Override
    public Optional<Event> event(String eventId) {
      return empty ? Optional.empty() : now.event(eventId);
    }

    @Override
    public List<Event> events() {
      return empty ? List.of() : now.events();
    }

    @Override
    public List<Seat> seats(String eventId) {
      return empty ? List.of() : now.seats(eventId);
    }

    @Override
    public Optional<Seat> seat(String eventId, String seatId) {
      return empty ? Optional.empty() : now.seat(eventId, seatId);
    }

    @Override
    public Optional<HoldRecord> hold(String eventId, String holdId) {
      return empty ? Optional.empty() : now.hold(eventId, holdId);
    }

    @Override
    public Optional<BookingRecord> booking(String eventId, String bookingId) {
      return empty ? Optional.empty() : now.booking(eventId, bookingId);
    }

    @Override
    public Optional<BookingRecord> soldAtAnyEvent(String bookingId) {
      return empty ? Optional.empty() : now.soldAtAnyEvent(bookingId);
    }

    @Override
    public List<BookingRecord> bookingsOf(String userId) {
      return empty ? List.of() : now.bookingsOf(userId);
    }

    @Override
    public List<BookingRecord> debts(int limit) {
      return empty ? List.of() : now.debts(limit);
    }

    @Override
    public Map<DebtKind, Debts> debtsByKind() {
      return empty ? Map.of() : now.debtsByKind();
    }

    @Override
    public List<BookingRecord> bookingsAfter(String eventId, String bookingId, int limit) {
      return empty ? List.of() : now.bookingsAfter(eventId, bookingId, limit);
    }

    @Override
    public Optional<Subscription> watch(
        String eventId, long afterRevision, Consumer<SeatChanges> consumer) {
      return empty || afterRevision < knownFrom
          ? Optional.empty()
          : now.watch(eventId, afterRevision, consumer);
    }
  }
}
