package dev.usher.seats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.usher.seats.PretixPlan.Imported;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whole files: our own theatre, and the hall that comes with the project's shared material. */
class RealVenuesTest {
  @Test
  void thePlayhouseIsImportedWithoutARepair() throws IOException {
    var playhouse = read(Path.of("conf", "venues", "playhouse.json"));

    assertThat(playhouse.name()).isEqualTo("Playhouse");
    assertThat(playhouse.repairs()).isEmpty();
    assertThat(playhouse.plan().getSeatsCount()).isEqualTo(159);
    assertThat(playhouse.plan().getCategoriesList())
        .containsExactly("Premium", "Standard", "Economy");
    assertThat(playhouse.plan().getSeats(0).getSeatId()).isEqualTo("stalls-a-1");
    assertSound(playhouse.plan());
  }

  @Test
  void allSeatsOfTheHallAreImportedEachWithAnIdOfItsOwn() throws IOException {
    var hall = read(hall());

    assertThat(hall.plan().getSeatsCount()).isEqualTo(738);
    assertThat(hall.plan().getCategoriesCount()).isEqualTo(5);
    assertThat(
            hall.plan().getSeatsList().stream()
                .map(seat -> seat.getSection() + "/" + seat.getRow())
                .collect(Collectors.toSet()))
        .hasSize(90);
    assertThat(hall.plan().getSeatsList())
        .extracting(PlanSeat::getSeatId)
        .contains("ground-floor-a-1", "ground-floor-a-2nd-1", "first-floor-l-7");
    assertSound(hall.plan());
  }

  @Test
  void whatWasRepairedInTheHallIsSaidInThreeSentences() throws IOException {
    var hall = read(hall());

    assertThat(hall.repairs()).hasSize(3);
    assertThat(hall.repairs().getFirst())
        .startsWith("420 of 738 seats repeated the seat_guid of another");
    assertThat(hall.repairs().get(1))
        .startsWith("54 rows of zone Ground floor repeated the name of an earlier one (A ×7");
    assertThat(hall.repairs().get(2)).startsWith("6 rows of zone First Floor repeated");
  }

  @Test
  void positionsInTheHallAreAbsoluteAndNoTwoSeatsOfAFloorAreInOnePlace() throws IOException {
    var hall = read(hall());

    assertThat(hall.plan().getSeats(1).getX()).isEqualTo(1261.05673144212 + 25);
    assertThat(hall.plan().getSeats(1).getY()).isEqualTo(478.85213751448657);
    assertThat(
            hall.plan().getSeatsList().stream()
                .map(seat -> seat.getSection() + "@" + seat.getX() + "," + seat.getY())
                .distinct()
                .count())
        .isEqualTo(738);
  }

  private static void assertSound(Plan plan) {
    assertThat(Checks.plan(plan)).isEmpty();
    assertThat(plan.getSeatsList())
        .extracting(PlanSeat::getSeatId)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  private static Path hall() {
    var shared = System.getProperty("usher.shared.dir", Path.of("..", "shared").toString());
    var hall = Path.of(shared, "venues", "hall.json");
    assumeTrue(Files.exists(hall), "the shared material is not beside the project: " + hall);
    return hall;
  }

  private static Imported read(Path file) throws IOException {
    var result = PretixPlan.read(Files.readAllBytes(file));
    assertThat(result).isInstanceOf(Imported.class);
    return (Imported) result;
  }
}
