package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.proto.BookingRecord;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DebtBookTest {
  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          2);

  private final DebtBook book = new DebtBook(SETTINGS);

  @Test
  void aNewDebtIsLeftToItsSagaForAWhile() {
    var owed = List.of(debt("b1"));

    assertThat(book.due(owed, 1000)).isEmpty();
    assertThat(book.due(owed, 3999)).isEmpty();
    assertThat(book.due(owed, 4000)).isEqualTo(owed);
  }

  @Test
  void whatIsBeingPaidIsNotPaidAgain() {
    var owed = List.of(debt("b1"));
    book.due(owed, 0);

    assertThat(book.due(owed, 3000)).hasSize(1);
    assertThat(book.due(owed, 3001)).isEmpty();
  }

  @Test
  void thePauseDoublesUpToItsLimit() {
    var owed = List.of(debt("b1"));
    book.due(owed, 0);
    book.due(owed, 3000);

    assertThat(IntStream.range(0, 5).mapToLong(i -> book.stillOwed(owed.getFirst(), 3000)))
        .containsExactly(1000L, 2000L, 4000L, 5000L, 5000L);
    assertThat(book.due(owed, 7999)).isEmpty();
    assertThat(book.due(owed, 8000)).hasSize(1);
  }

  @Test
  void noMoreThanTheLimitIsInFlight() {
    var owed = List.of(debt("b1"), debt("b2"), debt("b3"));
    book.due(owed, 0);

    assertThat(book.due(owed, 3000)).containsExactly(owed.get(0), owed.get(1));
    book.paid(owed.get(0));
    assertThat(book.due(owed.subList(1, 3), 3000)).containsExactly(owed.get(2));
  }

  @Test
  void aDebtThatChangedIsANewOne() {
    book.due(List.of(debt("b1")), 0);
    var cancelled = debt("b1").toBuilder().setRevision(8).setRefundOwed(true).build();

    assertThat(book.due(List.of(cancelled), 3000)).isEmpty();
    assertThat(book.due(List.of(cancelled), 6000)).containsExactly(cancelled);
  }

  private static BookingRecord debt(String bookingId) {
    return BookingRecord.newBuilder()
        .setEventId("e")
        .setBookingId(bookingId)
        .setRevision(7)
        .setCaptureOwed(true)
        .build();
  }
}
