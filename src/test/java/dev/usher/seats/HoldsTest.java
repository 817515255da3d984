package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static dev.usher.seats.Box.deleteHold;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.hold;
import static dev.usher.seats.SeatView.SeatState.FREE;
import static dev.usher.seats.SeatView.SeatState.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private final Box box = Box.withEvent();

  @Test
  void aHoldTakesItsSeatsAndSaysWhatTheyCost() {
    var hold = box.done(hold("h1", "ann", "a-1", "b-2")).getHold();

    assertThat(hold.getTotalMinor()).isEqualTo(3500);
    assertThat(hold.getCurrency()).isEqualTo("EUR");
    assertThat(hold.getSeatIdsList()).containsExactly("a-1", "b-2");
    assertThat(hold.getRevision()).isEqualTo(box.index());
    assertThat(box.state("a-1")).isEqualTo(HELD);
    assertThat(box.state("b-2")).isEqualTo(HELD);
    assertThat(box.free()).isEqualTo(8);
  }

  @Test
  void aHoldLivesFifteenMinutesUnlessItSaysOtherwise() {
    var hold = box.done(hold("h1", "ann", "a-1")).getHold();

    assertThat(hold.getExpireTimeMillis())
        .isEqualTo(box.timeMs() + Duration.ofMinutes(15).toMillis());
  }

  @Test
  void aHoldLivesTwoHoursAtMost() {
    box.done(hold("h1", "ann", Duration.ofHours(2), "a-1"));

    var refusal =
        box.refused(
            SeatReason.HOLD_MAX_TTL, hold("h2", "ann", Duration.ofHours(2).plusMillis(1), "a-2"));
    assertThat(details(refusal)).containsEntry("limit", "7200000");
  }

  @Test
  void aHoldOfNegativeLengthIsMalformed() {
    box.refused(SeatReason.MALFORMED_COMMAND, hold("h1", "ann", Duration.ofMillis(-1), "a-1"));
  }

  @Test
  void seatsOfADraftAreNotOnSale() {
    var draft = new Box();
    draft.done(Box.event(EVENT));

    draft.refused(SeatReason.SALE_NOT_STARTED, hold("h1", "ann", "a-1"));
  }

  @Test
  void anUnknownEventIsNotFound() {
    var refusal = new Box().refused(SeatReason.RESOURCE_NOT_FOUND, hold("h1", "ann", "a-1"));

    assertThat(details(refusal)).containsEntry("name", "events/show");
  }

  @Test
  void unknownSeatsAreNamed() {
    var refusal =
        box.refused(SeatReason.RESOURCE_NOT_FOUND, hold("h1", "ann", "a-1", "z-9", "z-8"));

    assertThat(details(refusal))
        .containsEntry("name", "events/show/seats/z-9,events/show/seats/z-8");
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void takenSeatsAreNamedWithTheRevisionAndNothingIsHeld() {
    box.done(hold("h1", "ann", "a-1", "a-3"));

    var refusal = box.refused(SeatReason.SEAT_UNAVAILABLE, hold("h2", "bob", "a-1", "a-2", "a-3"));

    assertThat(details(refusal))
        .containsEntry("seats", "a-1,a-3")
        .containsEntry("revision", Long.toString(box.index()));
    assertThat(box.state("a-2")).isEqualTo(FREE);
    assertThat(box.view().hold(EVENT, "h2")).isEmpty();
  }

  @Test
  void aSeatNamedTwiceIsMalformed() {
    box.refused(SeatReason.MALFORMED_COMMAND, hold("h1", "ann", "a-1", "a-1"));
  }

  @Test
  void aHoldOfNothingIsMalformed() {
    box.refused(SeatReason.MALFORMED_COMMAND, hold("h1", "ann"));
  }

  @Test
  void moreSeatsThanTheEventAllowsAreRefused() {
    var strict = new Box();
    var event = Box.event(EVENT);
    event.getCreateEventBuilder().setSeatLimitPerBooking(2);
    strict.done(event);
    strict.done(Box.publish(EVENT));

    strict.done(hold("h1", "ann", "a-1", "a-2"));
    var refusal =
        strict.refused(SeatReason.SEAT_LIMIT_PER_BOOKING, hold("h2", "ann", "a-3", "a-4", "a-5"));
    assertThat(details(refusal)).containsEntry("limit", "2");
  }

  @Test
  void moreSeatsThanAnyEventMayAllowAreRefusedBeforeTheyAreLookedAt() {
    var many = IntStream.rangeClosed(0, 100).mapToObj(i -> "x-" + i).toArray(String[]::new);

    var refusal = box.refused(SeatReason.SEAT_LIMIT_PER_BOOKING, hold("h1", "ann", many));
    assertThat(details(refusal)).containsEntry("limit", "100");
  }

  @Test
  void theSameHoldAgainIsTheSameHold() {
    var first = box.done(hold("h1", "ann", "a-1")).getHold();

    assertThat(box.done(hold("h1", "ann", "a-1")).getHold()).isEqualTo(first);
    assertThat(box.free()).isEqualTo(9);
  }

  @Test
  void theSameHoldIdForOtherSeatsIsRefused() {
    box.done(hold("h1", "ann", "a-1"));

    box.refused(SeatReason.REQUEST_ID_REUSED, hold("h1", "ann", "a-2"));
    box.refused(SeatReason.REQUEST_ID_REUSED, hold("h1", "bob", "a-1"));
  }

  @Test
  void aHoldEndsExactlyAtItsTimeAndNotBefore() {
    box.done(hold("h1", "ann", Duration.ofMinutes(5), "a-1"));

    box.pass(Duration.ofMinutes(5).minusMillis(1));
    assertThat(box.state("a-1")).isEqualTo(HELD);
    box.pass(Duration.ofMillis(1));
    assertThat(box.state("a-1")).isEqualTo(FREE);
    assertThat(box.view().hold(EVENT, "h1")).isEmpty();
    assertThat(box.free()).isEqualTo(10);
  }

  @Test
  void theEntryThatIsDueWithAnExpiryFindsTheSeatFree() {
    box.done(hold("h1", "ann", Duration.ofMinutes(5), "a-1"));

    box.after(Duration.ofMinutes(5)).done(hold("h2", "bob", "a-1"));
  }

  @Test
  void theModelSaysWhenTheNextHoldEnds() {
    assertThat(box.model.nextDeadlineMs()).isEmpty();
    box.done(hold("h1", "ann", Duration.ofMinutes(9), "a-1"));
    box.done(hold("h2", "bob", Duration.ofMinutes(4), "a-2"));

    assertThat(box.model.nextDeadlineMs())
        .hasValue(box.timeMs() + Duration.ofMinutes(4).toMillis());
    box.done(deleteHold("h2", "bob"));
    assertThat(box.model.nextDeadlineMs())
        .hasValue(box.timeMs() + Duration.ofMinutes(9).toMillis());
  }

  @Test
  void holdsThatEndTogetherAllEnd() {
    box.done(hold("h1", "ann", Duration.ofMinutes(1), "a-1"));
    box.done(hold("h2", "bob", Duration.ofMinutes(1), "a-2"));
    box.done(hold("h3", "cat", Duration.ofMinutes(2), "a-3"));

    box.pass(Duration.ofMinutes(1));

    assertThat(box.free()).isEqualTo(9);
    assertThat(box.view().hold(EVENT, "h3")).isPresent();
  }

  @Test
  void theOwnerGivesAHoldBackAndDoingItTwiceIsDoingItOnce() {
    box.done(hold("h1", "ann", "a-1"));

    box.done(deleteHold("h1", "ann"));
    box.done(deleteHold("h1", "ann"));

    assertThat(box.state("a-1")).isEqualTo(FREE);
    assertThat(box.model.nextDeadlineMs()).isEmpty();
  }

  @Test
  void somebodyElsesHoldIsNotFound() {
    box.done(hold("h1", "ann", "a-1"));

    var refusal = box.refused(SeatReason.RESOURCE_NOT_FOUND, deleteHold("h1", "bob"));

    assertThat(details(refusal)).containsEntry("name", "events/show/holds/h1");
    assertThat(box.state("a-1")).isEqualTo(HELD);
  }
}
