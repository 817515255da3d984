package dev.usher.seats;

import dev.usher.seats.proto.BestSeats;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One random entry of a log: three users, four holds, five bookings, seats a-1 to a-5, and amounts
 * that are right about half of the time.
 *
 * @param pass log time since the entry before
 */
record Step(SeatCommand command, Duration pass) {
  private enum Kind {
    HOLD,
    HOLD_BEST,
    DELETE_HOLD,
    COMMIT_SEATS,
    COMMIT_HOLD,
    CAPTURED,
    VOIDED,
    CANCEL,
    REFUNDED,
    FENCE,
    RELEASE,
    REDEEM
  }

  static Arbitrary<List<Step>> logs() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(1, 31),
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 90))
        .as(Step::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }

  private static Step of(
      Kind kind, int user, int hold, int booking, int seatBits, int amount, int seconds) {
    var userId = "user-" + user;
    var holdId = "h" + hold;
    var bookingId = "b" + booking;
    var seats =
        IntStream.range(0, 5)
            .filter(i -> (seatBits >> i & 1) == 1)
            .mapToObj(i -> "a-" + (i + 1))
            .toArray(String[]::new);
    long seatsTotal = Box.total(seats);
    long money = amount < 6 ? seatsTotal : amount * (Box.A / 2);
    var command =
        switch (kind) {
          case HOLD -> Box.hold(holdId, userId, Duration.ofSeconds(30L + amount * 20L), seats);
          case HOLD_BEST ->
              Box.best(
                  holdId,
                  userId,
                  BestSeats.newBuilder()
                      .setCount(seats.length)
                      .setCategory("Stalls")
                      .setAllowSplit(amount % 2 == 0));
          case DELETE_HOLD -> Box.deleteHold(holdId, userId);
          case COMMIT_SEATS -> Box.commit(bookingId, userId, money, seats);
          case COMMIT_HOLD -> Box.commitHold(bookingId, userId, money, holdId);
          case CAPTURED -> Box.captured(bookingId, money);
          case VOIDED -> Box.voided(bookingId);
          case CANCEL -> Box.cancel(bookingId, userId);
          case REFUNDED -> Box.refunded(bookingId, money);
          case FENCE -> Box.fence(bookingId);
          case RELEASE -> Box.release(bookingId);
          case REDEEM -> Box.redeem(bookingId, seats[0], "r" + hold);
        };
    return new Step(command.build(), Duration.ofSeconds(seconds));
  }
}
