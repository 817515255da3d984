package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static dev.usher.seats.Box.commit;
import static dev.usher.seats.Box.commitHold;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.extendHold;
import static dev.usher.seats.Box.hold;
import static dev.usher.seats.SeatView.SeatState.FREE;
import static dev.usher.seats.SeatView.SeatState.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A hold that is being paid with lives on, by log time and not for ever. */
class ExtendHoldTest {
  private static final Duration FIVE = Duration.ofMinutes(5);
  private static final Duration TEN = Duration.ofMinutes(10);

  private final Box box = Box.withEvent();

  @Test
  void aHoldThatIsExtendedLivesSoLongFromNow() {
    box.done(hold("h1", "ann", FIVE, "a-1"));
    box.pass(Duration.ofMinutes(4));

    var hold = box.done(extendHold("h1", "ann", TEN)).getHold();

    assertThat(hold.getExpireTimeMillis()).isEqualTo(box.timeMs() + TEN.toMillis());
    assertThat(hold.getRevision()).isEqualTo(box.index());
    assertThat(box.view().hold(EVENT, "h1")).contains(hold);
    assertThat(box.model.nextDeadlineMs()).hasValue(hold.getExpireTimeMillis());
    box.pass(TEN.minusMillis(1));
    assertThat(box.state("a-1")).isEqualTo(HELD);
    box.pass(Duration.ofMillis(1));
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void aHoldIsNeverMadeShorter() {
    var before = box.done(hold("h1", "ann", TEN, "a-1")).getHold();

    assertThat(box.done(extendHold("h1", "ann", FIVE)).getHold()).isEqualTo(before);
    assertThat(box.done(extendHold("h1", "ann", Duration.ZERO)).getHold()).isEqualTo(before);
  }

  @Test
  void extendingAgainAndAgainEndsTwoHoursAfterTheHoldBegan() {
    long endMs = box.timeMs() + Duration.ofHours(2).toMillis();
    box.done(hold("h1", "ann", Duration.ofMinutes(15), "a-1"));
    for (int i = 0; i < 9; i++) {
      box.pass(Duration.ofMinutes(13));
      box.done(extendHold("h1", "ann", Duration.ofMinutes(15)));
    }

    assertThat(box.done(extendHold("h1", "ann", Duration.ofMillis(Long.MAX_VALUE))).getHold())
        .returns(endMs, hold -> hold.getExpireTimeMillis());
    box.pass(Duration.ofMillis(endMs - box.timeMs()));
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void aHoldThatExpiredIsNotRevivedAndItsSeatsAreAnybodys() {
    box.done(hold("h1", "ann", FIVE, "a-1"));

    var refusal = box.after(FIVE).refused(SeatReason.HOLD_EXPIRED, extendHold("h1", "ann", TEN));

    assertThat(details(refusal)).containsEntry("hold", "h1");
    assertThat(box.state("a-1")).isEqualTo(FREE);
    box.done(hold("h2", "bob", "a-1"));
  }

  @Test
  void aHoldThatWasGivenBackOrBookedIsNotRevived() {
    box.done(hold("h1", "ann", "a-1"));
    box.done(Box.deleteHold("h1", "ann"));
    box.done(hold("h2", "ann", "a-2"));
    box.done(commitHold("b2", "ann", 2500, "h2"));

    box.refused(SeatReason.HOLD_EXPIRED, extendHold("h1", "ann", TEN));
    box.refused(SeatReason.HOLD_EXPIRED, extendHold("h2", "ann", TEN));

    assertThat(box.state("a-1")).isEqualTo(FREE);
    assertThat(box.model.nextDeadlineMs()).isEmpty();
  }

  @Test
  void somebodyElsesHoldIsNotFoundAndStaysAsItIs() {
    var before = box.done(hold("h1", "ann", FIVE, "a-1")).getHold();

    box.refused(SeatReason.RESOURCE_NOT_FOUND, extendHold("h1", "bob", TEN));

    assertThat(box.view().hold(EVENT, "h1")).contains(before);
  }

  @Test
  void aNegativeTimeIsMalformed() {
    box.done(hold("h1", "ann", FIVE, "a-1"));

    box.refused(SeatReason.MALFORMED_COMMAND, extendHold("h1", "ann", Duration.ofMillis(-1)));
  }

  @Test
  void aPaymentThatComesWithinTheExtendedTimeGetsItsSeatsWhoeverAsksForThem() {
    box.done(hold("h1", "ann", FIVE, "a-1"));
    box.done(extendHold("h1", "ann", TEN));
    box.pass(Duration.ofMinutes(9));
    box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b0", "bob", 2500, "a-1"));

    assertThat(box.done(commitHold("b1", "ann", 2500, "h1")).getBooking().getSeatIdsList())
        .containsExactly("a-1");
    assertThat(box.model.nextDeadlineMs()).isEmpty();
  }
}
