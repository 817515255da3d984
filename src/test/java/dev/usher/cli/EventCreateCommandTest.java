package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.usher.cli.term.Amounts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCreateCommandTest {
  @Test
  void aPriceWithoutACategoryIsForAllOthers() {
    assertThat(EventCreateCommand.parsePrices(List.of("Stalls=45.50", "30"), "EUR"))
        .isEqualTo(Map.of("Stalls", Amounts.parse("45.50", "EUR"), "", Amounts.parse("30", "EUR")));
  }

  @Test
  void twoPricesOfOneCategoryAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventCreateCommand.parsePrices(List.of("A=1", "A=2"), "EUR"))
        .withMessageContaining("two prices of A");
  }

  @Test
  void aTimeMayNameItsZone() {
    assertThat(Times.instant(Times.parse("2027-03-01T20:00+01:00")))
        .isEqualTo(Instant.parse("2027-03-01T19:00:00Z"));
    assertThat(Times.instant(Times.parse("2027-03-01T20:00Z")))
        .isEqualTo(Instant.parse("2027-03-01T20:00:00Z"));
  }

  @Test
  void aVenuesIdIsMadeFromTheFilesName() {
    assertThat(VenueCommand.idOf(Path.of("plans/The Old Playhouse.json")))
        .isEqualTo("the-old-playhouse");
    assertThat(VenueCommand.idOf(Path.of("1-hall.json"))).isEqualTo("hall");
  }
}
