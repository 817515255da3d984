package dev.usher.grpc;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Durations;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.DeleteHoldRequest;
import dev.usher.api.booking.v1.GetHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.booking.Ids;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatLimits;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BestSeats;
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
    var hold = CreateHold.newBuilder().setEventId(eventId).setUserId(call.userId());
    if (in.hasBestAvailable()) {
      hold.setBest(best(in, violations));
    } else {
      hold.addAllSeatIds(
          SeatNames.parse(in.getHold().getSeatsList(), eventId, "hold.seats", violations));
    }
    hold.setTtlMillis(ttl(in, violations));
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    hold.setHoldId(Ids.holdId(call.userId(), requestId));
    var command = SeatCommand.newBuilder().setCreateHold(hold).build();
    return propose(call, "CreateHold", requestId, eventId, command)
        .thenApply(applied -> BookingMessages.hold(applied.done().getHold()));
  }

  private static BestSeats best(CreateHoldRequest in, Violations violations) {
    var wish = in.getBestAvailable();
    if (in.getHold().getSeatsCount() > 0) {
      violations.add("hold.seats", "must be empty when best_available is given");
    }
    if (wish.getCount() < 1 || wish.getCount() > SeatNames.MOST) {
      violations.add("best_available.count", "must be 1 to " + SeatNames.MOST + " seats");
    }
    return BestSeats.newBuilder()
        .setCount(wish.getCount())
        .setSection(limited("section", wish.getSection(), violations))
        .setRow(limited("row", wish.getRow(), violations))
        .setCategory(limited("category", wish.getCategory(), violations))
        .setAllowSplit(wish.getAllowSplit())
        .build();
  }

  private static String limited(String field, String name, Violations violations) {
    return violations.limited("best_available." + field, name, SeatLimits.TEXT_LENGTH);
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
