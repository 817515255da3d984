package dev.usher.seats;

import static dev.usher.seats.Box.details;
import static dev.usher.seats.Hall.wish;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which seats somebody gets who names none (docs/booking.md §6). */
class BestSeatsTest {
  @Test
  void theMiddleOfTheFrontIsBest() {
    assertThat(Hall.of("sssssss", "sssssss").best(1)).containsExactly("A-4");
    assertThat(Hall.of("sssssss", "sssssss").best(3)).containsExactly("A-3", "A-4", "A-5");
  }

  @Test
  void ofEquallyNearSeatsTheFirstOfThePlanAreBest() {
    assertThat(Hall.of("ssssss").best(1)).containsExactly("A-3");
  }

  @Test
  void sideBySideFurtherBackIsBetterThanApartInFront() {
    assertThat(Hall.of("sSsSsS", "ssssss").best(2)).containsExactly("B-3", "B-4");
  }

  @Test
  void nobodyIsLeftASingleSeat() {
    assertThat(Hall.of("ssss").best(2))
        .as("one on each side otherwise")
        .containsExactly("A-1", "A-2");
    assertThat(Hall.of("SsssS", "sssss").best(2)).containsExactly("B-1", "B-2");
  }

  @Test
  void aSingleSeatIsLeftWhenThereIsNoOtherWay() {
    assertThat(Hall.of("SsssS").best(2)).containsExactly("A-2", "A-3");
  }

  @Test
  void aSingleSeatThatIsThereAlreadyIsTheBestForOne() {
    assertThat(Hall.of("ssSsS", "sssss").best(1)).containsExactly("A-4");
  }

  @Test
  void couplesCanFillWhatIsLeftOfARow() {
    assertThat(Hall.of("ssssssss").best(2))
        .as("not three on each side")
        .containsExactly("A-3", "A-4");
  }

  @Test
  void anAisleParts() {
    assertThat(Hall.of("ss ss").best(wish(3).setAllowSplit(true))).hasSize(3);
    var refusal = Hall.of("ss ss");
    refusal.box.refused(SeatReason.NOT_ENOUGH_ADJACENT_SEATS, refusal.asking(wish(3)));
  }

  @Test
  void seatsApartAreInAsFewPlacesAsCanBe() {
    var hall = Hall.of("sSsSs", "ssSss");

    var hold = hall.box.done(hall.asking(wish(4).setAllowSplit(true))).getHold();

    assertThat(hold.getSeatIdsList()).containsExactly("B-1", "B-2", "B-4", "B-5");
    assertThat(hold.getAdjacent()).isFalse();
  }

  @Test
  void whoMaySitApartStillSitsTogetherIfPossible() {
    var hall = Hall.of("sSsSs", "sssss");

    var hold = hall.box.done(hall.asking(wish(3).setAllowSplit(true))).getHold();

    assertThat(hold.getSeatIdsList()).containsExactly("B-1", "B-2", "B-3");
    assertThat(hold.getAdjacent()).isTrue();
  }

  @Test
  void seatsByNameSayWhetherTheyAreAdjacent() {
    var box = Box.withEvent();

    assertThat(box.done(Box.hold("h1", "ann", "a-2", "a-1")).getHold().getAdjacent()).isTrue();
    assertThat(box.done(Box.hold("h2", "ann", "a-3", "a-5")).getHold().getAdjacent()).isFalse();
    assertThat(box.done(Box.hold("h3", "ann", "a-4", "b-1")).getHold().getAdjacent()).isFalse();
  }

  @Test
  void aSectionARowOrACategoryMayBeWishedFor() {
    var hall = Hall.of("ssss", "ssss", "bbbb");

    assertThat(hall.best(wish(2).setRow("B"))).containsExactly("B-1", "B-2");
    assertThat(hall.best(wish(2).setSection("Balcony"))).containsExactly("C-1", "C-2");
    assertThat(hall.best(wish(2).setCategory("Balcony"))).containsExactly("C-3", "C-4");
  }

  @Test
  void aNeighbourOfAnotherCategoryIsNotLeftAloneEither() {
    assertThat(Hall.of("bssss").best(wish(3).setCategory("Stalls")))
        .containsExactly("A-3", "A-4", "A-5");
  }

  @Test
  void aPlaceThatIsNotInThePlanIsNotFound() {
    var hall = Hall.of("ssss");

    var refusal =
        hall.box.refused(
            SeatReason.RESOURCE_NOT_FOUND, hall.asking(wish(1).setSection("Lodge").setRow("A")));

    assertThat(refusal.getMessage()).contains("section 'Lodge', row 'A'");
    assertThat(details(refusal)).containsEntry("name", "events/show");
  }

  @Test
  void nothingFreeIsSoldOutAndSaysWhatIsLeftElsewhere() {
    var hall = Hall.of("SSSS", "bbbb");

    var refusal = hall.box.refused(SeatReason.SOLD_OUT, hall.asking(wish(2).setSection("Stalls")));

    assertThat(details(refusal))
        .containsEntry("free", "0")
        .containsEntry("event_free", "4")
        .containsEntry("count", "2");
  }

  @Test
  void tooFewOrTooFarApartIsRefusedWithWhatThereIs() {
    var hall = Hall.of("ssSss", "bSSSS");

    var apart = hall.asking(wish(3));
    assertThat(details(hall.box.refused(SeatReason.NOT_ENOUGH_ADJACENT_SEATS, apart)))
        .containsEntry("free", "5")
        .containsEntry("adjacent", "2");
    var few = hall.asking(wish(5).setSection("Stalls").setAllowSplit(true));
    assertThat(details(hall.box.refused(SeatReason.NOT_ENOUGH_ADJACENT_SEATS, few)))
        .containsEntry("free", "4")
        .containsEntry("event_free", "5");
  }

  @Test
  void theSameWishAgainIsTheSameHold() {
    var box = Box.withEvent();
    var first = box.done(Box.best("h1", "ann", wish(2))).getHold();

    assertThat(box.done(Box.best("h1", "ann", wish(2))).getHold()).isEqualTo(first);
    assertThat(box.free()).isEqualTo(8);
    box.refused(SeatReason.REQUEST_ID_REUSED, Box.best("h1", "ann", wish(3)));
    box.refused(SeatReason.REQUEST_ID_REUSED, Box.hold("h1", "ann", "a-1", "a-2"));
  }

  @Test
  void aWishIsForOneSeatToTheEventsLimit() {
    var box = Box.withEvent();

    box.refused(SeatReason.MALFORMED_COMMAND, Box.best("h1", "ann", wish(0)));
    assertThat(
            details(
                box.refused(SeatReason.SEAT_LIMIT_PER_BOOKING, Box.best("h1", "ann", wish(11)))))
        .containsEntry("limit", "10");
  }

  @Test
  void seatsAreNamedOrWishedForNotBoth() {
    var both = Box.hold("h1", "ann", "a-1");
    both.getCreateHoldBuilder().setBest(wish(1));

    Box.withEvent().refused(SeatReason.MALFORMED_COMMAND, both);
  }

  @Test
  void plansWithoutPositionsHaveNoNearAndNoAisles() {
    var event = Box.event(Box.EVENT);
    event.getCreateEventBuilder().getPlanBuilder().getSeatsBuilderList().forEach(s -> s.setX(0));

    var hold = Box.withEvent(event).done(Box.best("h1", "ann", wish(5))).getHold();

    assertThat(hold.getSeatIdsList()).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5");
  }
}
