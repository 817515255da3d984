package dev.usher.grpc;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Durations;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.DeleteHoldRequest;
import dev.usher.api.booking.v1.GetHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.booking.Ids;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.DeleteHold;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Holding seats for a while. A hold is its holder's own: for others it does not exist. */
final class HoldCalls {
  private static final Duration TTL_DEFAULT = Duration.ofMinutes(15);

  private final SeatGroups seats;
  private final Requests requests;

  HoldCalls(SeatGroups seats, Requests requests) {
    this.seats = seats;
    this.requests = requests;
  }

  CompletionStage<Hold> create(CreateHoldRequest in, Call call) {
    var violations = new Violations();
    var eventId = ResourceNames.parse(in.getParent(), "events", "parent", violations);
    var seatIds = SeatNames.parse(in.getHold().getSeatsList(), eventId, "hold.seats", violations);
    long ttlMs = ttl(in, violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var command =
        SeatCommand.newBuilder()
            .setCreateHold(
                CreateHold.newBuilder()
                    .setEventId(eventId)
                    .setHoldId(Ids.holdId(call.userId(), requestId))
                    .setUserId(call.userId())
                    .addAllSeatIds(seatIds)
                    .setTtlMillis(ttlMs))
            .build();
    return propose(call, "CreateHold", requestId, eventId, command)
        .thenApply(applied -> BookingMessages.hold(applied.done().getHold()));
  }

  CompletionStage<Hold> get(GetHoldRequest in, Call call) {
    var violations = new Violations();
    var name = ResourceNames.parseInEvent(in.getName(), "holds", "name", violations);
    violations.check();
    return seats
        .of(name.eventId())
        .read(view -> view.hold(name.eventId(), name.id()), call.timeout())
        .thenApply(
            hold ->
                hold.filter(h -> h.getUserId().equals(call.userId()))
                    .map(BookingMessages::hold)
                    .orElseThrow(() -> Errors.notFound(in.getName())));
  }

  CompletionStage<Empty> delete(DeleteHoldRequest in, Call call) {
    var violations = new Violations();
    var name = ResourceNames.parseInEvent(in.getName(), "holds", "name", violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var command =
        SeatCommand.newBuilder()
            .setDeleteHold(
                DeleteHold.newBuilder()
                    .setEventId(name.eventId())
                    .setHoldId(name.id())
                    .setUserId(call.userId()))
            .build();
    return propose(call, "DeleteHold", requestId, name.eventId(), command)
        .thenApply(applied -> Empty.getDefaultInstance());
  }

  private CompletionStage<SeatOutcome.Applied> propose(
      Call call, String method, String requestId, String eventId, SeatCommand command) {
    var key = Requests.key(call.userId(), method, requestId);
    return seats
        .propose(key, command, call.timeout())
        .thenApply(outcome -> Outcomes.applied(outcome, seats.of(eventId).leader()));
  }

  /** The maximum is a rule of the sale: the state machine has it. */
  private static long ttl(CreateHoldRequest in, Violations violations) {
    if (!in.hasTtl()) {
      return TTL_DEFAULT.toMillis();
    }
    if (!Durations.isValid(in.getTtl()) || Durations.toMillis(in.getTtl()) < 1) {
      violations.add("ttl", "must be at least 1 ms");
      return 0;
    }
    return Durations.toMillis(in.getTtl());
  }
}
