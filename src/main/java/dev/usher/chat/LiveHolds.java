package dev.usher.chat;

import static java.util.stream.Collectors.toMap;

import dev.usher.chat.dialogue.Held;
import dev.usher.chat.dialogue.SeatWish;
import dev.usher.chat.dialogue.Step;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.DeleteHold;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Seats held while somebody makes up their mind. Safe for any thread. */
public final class LiveHolds {
  /** Long enough to read, to ask something else and to look for a card. */
  static final Duration TTL = Duration.ofMinutes(10);

  private static final Step.NotHeld UNKNOWN = new Step.NotHeld("OUTCOME_UNKNOWN", Map.of(), true);

  private final SeatGroups groups;

  public LiveHolds(SeatGroups groups) {
    this.groups = groups;
  }

  /** The same hold again is the same hold. */
  CompletionStage<Step.Holding> hold(String userId, Step.Hold hold, Duration timeout) {
    var command =
        CreateHold.newBuilder()
            .setEventId(hold.eventId())
            .setHoldId(hold.holdId())
            .setUserId(userId)
            .setTtlMillis(TTL.toMillis());
    switch (hold.wish()) {
      case SeatWish.Named named -> command.addAllSeatIds(named.seatIds());
      case SeatWish.Best best ->
          command
              .getBestBuilder()
              .setCount(best.count())
              .setSection(best.section())
              .setRow(best.row())
              .setCategory(best.category())
              .setAllowSplit(true);
    }
    return groups
        .propose("", SeatCommand.newBuilder().setCreateHold(command).build(), timeout)
        .handle((outcome, failure) -> failure == null ? holding(outcome) : UNKNOWN);
  }

  private static Step.Holding holding(SeatOutcome outcome) {
    return switch (outcome) {
      case SeatOutcome.Applied applied -> new Step.Done(applied.done().getHold());
      case SeatOutcome.Refused refused -> notHeld(refused.refusal());
      case SeatOutcome.Rejected rejected ->
          new Step.NotHeld(rejected.reason().name(), Map.of(), false);
      case SeatOutcome.Unknown unknown -> UNKNOWN;
    };
  }

  private static Step.NotHeld notHeld(Refusal refusal) {
    var details =
        refusal.getDetailsList().stream().collect(toMap(Detail::getKey, Detail::getValue));
    return new Step.NotHeld(refusal.getReason(), details, false);
  }

  /** Never fails: a hold that stays ends by itself. */
  CompletionStage<Void> release(String userId, Held held, Duration timeout) {
    var command =
        DeleteHold.newBuilder()
            .setEventId(held.eventId())
            .setHoldId(held.holdId())
            .setUserId(userId);
    return groups
        .propose("", SeatCommand.newBuilder().setDeleteHold(command).build(), timeout)
        .handle((outcome, failure) -> null);
  }
}
