package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Row 22 of the crash matrix (docs/booking.md §2): the buyer cancels while two gates redeem the
 * same ticket, from before the booking is committed until all have a definite answer, under the
 * seeded scheduler with the real saga, debts and models, and with something breaking in between.
 */
class CheckInRaceTest {
  private static final int SEEDS = 60;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** All begins within this time; a booking that nobody disturbs takes about half of it. */
  private static final int BEGIN_MS = 400;

  enum Fault {
    NONE,
    COORDINATOR,
    SEAT_LEADER,
    FOLLOWER,
    PROVIDER
  }

  private enum Winner {
    BUYER,
    FIRST_GATE,
    SECOND_GATE
  }

  @ParameterizedTest
  @EnumSource
  void row22WhicheverIsFirstInTheLogWins(Fault fault) {
    Map<Winner, Integer> wins = new EnumMap<>(Winner.class);
    for (int seed = 0; seed < SEEDS; seed++) {
      wins.merge(new Race(fault, seed).play(), 1, Integer::sum);
    }

    assertThat(wins).as("every order comes up").containsOnlyKeys(Winner.values());
  }

  private static final class Race {
    private static final String SEAT = "a-1";
    private static final Wanted ORDER =
        new Wanted(
            "ann",
            Ids.bookingId("ann", "r1"),
            Stage.EVENT,
            List.of(SEAT, "a-2"),
            "",
            "pm-ann",
            OptionalLong.empty(),
            "");

    private final SimHouse house;
    private final String as;
    private final Fault fault;
    private final Asker buyer;
    private final Asker firstGate;
    private final Asker secondGate;

    Race(Fault fault, long seed) {
      this.fault = fault;
      this.as = fault + " with seed " + seed;
      this.house = new SimHouse(seed);
      this.buyer = new Asker("cancel", id -> cancel());
      this.firstGate = new Asker("gate-1", id -> redeem("gate-1", id));
      this.secondGate = new Asker("gate-2", id -> redeem("gate-2", id));
    }

    Winner play() {
      var node = new SimNode(house, (same, point, when) -> {});
      node.book(ORDER, answer -> {});
      for (var asker : List.of(buyer, firstGate, secondGate)) {
        house.clock.after(someTime(), asker::ask);
      }
      house.clock.after(someTime(), () -> happen(node));
      house.clock.run(Duration.ofMinutes(20));

      var report = house.audit();
      assertThat(report.differences()).as(as).isEmpty();
      assertThat(report.owed()).as("debts after %s", as).isZero();
      assertThat(report.openSagas()).as("open sagas after %s", as).isZero();
      return winner();
    }

    private Duration someTime() {
      return Duration.ofMillis(house.clock.random().nextInt(BEGIN_MS));
    }

    private void happen(SimNode node) {
      switch (fault) {
        case NONE -> {}
        case COORDINATOR -> {
          node.die();
          new SimNode(house, (same, point, when) -> {}).book(ORDER, answer -> {});
        }
        case SEAT_LEADER -> house.wayToSeats.killLeader();
        case FOLLOWER -> {
          house.wayToSeats.killFollower();
          house.wayToDirectory.killFollower();
        }
        case PROVIDER -> house.payments.goDown(Duration.ofSeconds(30));
      }
    }

    private Winner winner() {
      var booking = booking();
      if (booking.getRedemptionsCount() == 0) {
        assertCancelled(booking);
        return Winner.BUYER;
      }
      boolean first =
          redemptionId("gate-1", firstGate).equals(booking.getRedemptions(0).getRedemptionId());
      assertRedeemed(booking, first ? firstGate : secondGate, first ? secondGate : firstGate);
      return first ? Winner.FIRST_GATE : Winner.SECOND_GATE;
    }

    private void assertCancelled(BookingRecord booking) {
      assertThat(booking.getState()).as(as).isEqualTo(State.STATE_CANCELLED);
      assertThat(buyer.answer).as(as).get().isInstanceOf(SeatOutcome.Applied.class);
      assertThat(firstGate.refusal().getReason()).as(as).isEqualTo("TICKET_CANCELLED");
      assertThat(secondGate.refusal().getReason()).as(as).isEqualTo("TICKET_CANCELLED");
      assertThat(payment().capturedMinor()).as(as).isEqualTo(payment().refundedMinor());
      assertThat(payment().state()).as(as).isIn(PaymentState.REFUNDED, PaymentState.VOIDED);
    }

    private void assertRedeemed(BookingRecord booking, Asker winner, Asker loser) {
      assertThat(booking.getState()).as(as).isEqualTo(State.STATE_CONFIRMED);
      var redemption = booking.getRedemptions(0);
      assertThat(booking.getRedemptionsList()).as(as).hasSize(1);
      assertThat(winner.answer)
          .as(as)
          .get()
          .isInstanceOfSatisfying(
              SeatOutcome.Applied.class,
              applied -> assertThat(applied.done().getRedemption()).isEqualTo(redemption));
      assertThat(loser.refusal().getReason()).as(as).isEqualTo("TICKET_ALREADY_REDEEMED");
      assertThat(loser.refusal().getDetailsList())
          .as(as)
          .contains(
              Detail.newBuilder()
                  .setKey("redeemTime")
                  .setValue(Instant.ofEpochMilli(redemption.getTimeMillis()).toString())
                  .build());
      assertThat(buyer.refusal().getReason()).as(as).isEqualTo("TICKET_ALREADY_REDEEMED");
      assertThat(payment().state()).as(as).isEqualTo(PaymentState.CAPTURED);
      assertThat(payment().refundedMinor()).as(as).isZero();
    }

    private BookingRecord booking() {
      return house
          .seatLog
          .readStale(view -> view.booking(Stage.EVENT, ORDER.bookingId()))
          .toCompletableFuture()
          .join()
          .orElseThrow();
    }

    private Payment payment() {
      assertThat(house.bank.payments()).as(as).hasSize(1);
      return house.bank.payments().getFirst();
    }

    private static SeatCommand cancel() {
      var command = SeatCommand.newBuilder();
      command
          .getCancelBookingBuilder()
          .setEventId(Stage.EVENT)
          .setBookingId(ORDER.bookingId())
          .setUserId(ORDER.userId());
      return command.build();
    }

    private static SeatCommand redeem(String gate, String requestId) {
      var command = SeatCommand.newBuilder();
      command
          .getRedeemTicketBuilder()
          .setEventId(Stage.EVENT)
          .setBookingId(ORDER.bookingId())
          .setSeatId(SEAT)
          .setRedemptionId(Ids.redemptionId(gate, requestId));
      return command.build();
    }

    private static String redemptionId(String gate, Asker asker) {
      return Ids.redemptionId(gate, asker.requestId());
    }

    /** Asks again under the same id while an outcome is unknown, anew while it is "not yet". */
    private final class Asker {
      private static final Set<String> NOT_YET = Set.of("RESOURCE_NOT_FOUND", "TICKET_UNPAID");

      private final String name;
      private final Function<String, SeatCommand> command;
      private int request;
      private Optional<SeatOutcome> answer = Optional.empty();

      Asker(String name, Function<String, SeatCommand> command) {
        this.name = name;
        this.command = command;
      }

      String requestId() {
        return name + "/" + request;
      }

      void ask() {
        house
            .seats
            .propose(requestId(), command.apply(requestId()), TIMEOUT)
            .thenAccept(this::hear);
      }

      private void hear(SeatOutcome outcome) {
        switch (outcome) {
          case SeatOutcome.Applied applied -> answer = Optional.of(outcome);
          case SeatOutcome.Refused refused -> {
            if (NOT_YET.contains(refused.refusal().getReason())) {
              request++;
              house.clock.soon(this::ask);
            } else {
              answer = Optional.of(outcome);
            }
          }
          case SeatOutcome.Rejected rejected -> house.clock.soon(this::ask);
          case SeatOutcome.Unknown unknown -> house.clock.soon(this::ask);
        }
      }

      Refusal refusal() {
        assertThat(answer).as("%s of %s", name, as).get().isInstanceOf(SeatOutcome.Refused.class);
        return ((SeatOutcome.Refused) answer.orElseThrow()).refusal();
      }
    }
  }
}
