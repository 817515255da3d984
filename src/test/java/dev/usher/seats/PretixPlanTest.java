package dev.usher.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.PretixPlan.Fault;
import dev.usher.seats.PretixPlan.Faulty;
import dev.usher.seats.PretixPlan.Imported;
import dev.usher.seats.proto.PlanSeat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PretixPlanTest {
  private static final String SEAT = seat("1", "Stalls");

  @Test
  void seatsAreNamedByZoneRowAndNumberAndNothingIsRepaired() {
    var plan = imported(file(zone("Ground floor", row("A", seat("1", "Stalls"), SEAT2))));

    assertThat(plan.name()).isEqualTo("Hall");
    assertThat(plan.repairs()).isEmpty();
    assertThat(plan.plan().getCategoriesList()).containsExactly("Stalls", "Loge");
    assertThat(ids(plan)).containsExactly("ground-floor-a-1", "ground-floor-a-2");
    var seat = plan.plan().getSeats(0);
    assertThat(seat.getSection()).isEqualTo("Ground floor");
    assertThat(seat.getRow()).isEqualTo("A");
    assertThat(seat.getNumber()).isEqualTo("1");
    assertThat(seat.getCategory()).isEqualTo("Stalls");
  }

  @Test
  void positionsOfZoneRowAndSeatAddUp() {
    var seat =
        """
        {"seat_number": "1", "seat_guid": "g", "category": "Stalls",
         "position": {"x": 0.25, "y": 3}}\
        """;
    var row =
        "{\"row_number\": \"A\", \"position\": {\"x\": 10.5, \"y\": 20}, \"seats\": ["
            + seat
            + "]}";
    var zone =
        "{\"name\": \"Z\", \"position\": {\"x\": 100, \"y\": -200}, \"rows\": [" + row + "]}";

    var imported = imported(file(zone)).plan().getSeats(0);

    assertThat(imported.getX()).isEqualTo(110.75);
    assertThat(imported.getY()).isEqualTo(-177.0);
  }

  @Test
  void rowsThatRepeatANameAreNumberedAndOneSentenceSaysSo() {
    var plan =
        imported(file(zone("Z", row("A", SEAT), row("B", SEAT), row("a", SEAT), row("A", SEAT))));

    assertThat(ids(plan)).containsExactly("z-a-1", "z-b-1", "z-a-2nd-1", "z-a-3rd-1");
    assertThat(plan.plan().getSeats(3).getRow()).isEqualTo("A (3rd)");
    assertThat(plan.repairs())
        .contains(
            "2 rows of zone Z repeated the name of an earlier one (a, A): called a (2nd) and so on,"
                + " in the order of the file.");
  }

  @Test
  void seatGuidsThatRepeatAreCountedInOneSentence() {
    var plan = imported(file(zone("Z", row("A", SEAT, SEAT2, SEAT2))));

    assertThat(plan.repairs().getFirst())
        .isEqualTo(
            "1 of 3 seats repeated the seat_guid of another: every seat is known by zone, row and"
                + " number instead, for example z-a-2-2nd.");
  }

  @Test
  void numbersThatRepeatInARowAndSeatsWithoutOneAreRepaired() {
    var numberless = "{\"category\": \"Stalls\", \"position\": {\"x\": 0, \"y\": 0}}";
    var plan =
        imported(file(zone("Z", row("A", seat("7", "Stalls"), seat("7", "Stalls"), numberless))));

    assertThat(ids(plan)).containsExactly("z-a-7", "z-a-7-2nd", "z-a-3");
    assertThat(plan.plan().getSeats(1).getNumber()).isEqualTo("7 (2nd)");
    assertThat(plan.repairs())
        .contains(
            "1 seat had no number: counted within the row.",
            "1 seat repeated the number of another in the same row: called 1 (2nd) and so on.");
  }

  @Test
  void zonesAndRowsWithoutANameAndEmptyRowsAreRepaired() {
    var plan =
        imported(
            file(
                zone("", row("", SEAT), row("B")),
                zone("Box", row("А", SEAT)),
                zone("Box", row("A", SEAT))));

    assertThat(ids(plan)).containsExactly("zone-1-row-1-1", "box-row-1-1", "box-2nd-a-1");
    assertThat(plan.repairs())
        .contains(
            "A zone without a name is called Zone 1.",
            "1 row of zone Zone 1 had no name: called by position.",
            "Another zone Box is called Box (2nd).",
            "1 row without seats left out.");
  }

  @Test
  void idsThatWouldMeetAcrossZonesStayApart() {
    var plan = imported(file(zone("a", row("b-1", SEAT)), zone("a-b", row("1", SEAT))));

    assertThat(ids(plan)).containsExactly("a-b-1-1", "a-b-1-1-2nd");
    assertThat(plan.repairs())
        .contains("1 seat would have had the id of another: the id ends with -2nd and so on.");
  }

  @Test
  void accentsAndLongNamesMakeReadableIds() {
    var plan =
        imported(
            file(zone("Großer Rang – Café", row("Ä", SEAT)), zone("x".repeat(90), row("B", SEAT))));

    assertThat(ids(plan)).containsExactly("grosser-rang-cafe-a-1", "x".repeat(30) + "-b-1");
  }

  @Test
  void theSameFileGivesTheSamePlan() {
    var json = file(zone("Z", row("A", SEAT, SEAT), row("A", SEAT2)));

    assertThat(imported(json)).isEqualTo(imported(json));
  }

  @Test
  void whatIsImportedIsAcceptedByTheLog() {
    var plan = imported(file(zone("Z", row("A", SEAT, SEAT), row("", SEAT2)))).plan();

    assertThat(Checks.plan(plan)).isEmpty();
  }

  @Test
  void everyFaultIsNamedWithItsPathAndNothingIsImported() {
    var faults =
        faults(
            """
            {"categories": [{"name": "Stalls"}, {"colour": "red"}, "Loge", {"name": "Stalls"}],
             "zones": [{"position": {"x": 0, "y": "0"}, "rows": [
               {"row_number": 7, "seats": [
                 {"seat_number": "1", "position": {"x": 0, "y": 0}},
                 {"seat_number": "2", "category": "Royal", "position": {"x": 1e999, "y": null}},
                 "three"]}]},
               {"name": "Z", "position": {"x": 0, "y": 0}, "rows": {}}]}\
            """);

    assertThat(faults)
        .extracting(Fault::toString)
        .containsExactly(
            "name: needed",
            "categories[1].name: needed",
            "categories[2]: an object is needed, not a text",
            "categories[3].name: there is another category 'Stalls'",
            "zones[0].position.y: a number is needed, not a text",
            "zones[0].rows[0].row_number: a text is needed, not a number",
            "zones[0].rows[0].position: an object is needed, not nothing",
            "zones[0].rows[0].seats[0].category: needed",
            "zones[0].rows[0].seats[1].position.x: too large a number",
            "zones[0].rows[0].seats[1].position.y: a number is needed, not null",
            "zones[0].rows[0].seats[1].category: 'Royal' is not among the categories",
            "zones[0].rows[0].seats[2]: an object is needed, not a text",
            "zones[1].rows: a list is needed, not an object");
  }

  @Test
  void aFileWithoutSeatsIsRefused() {
    assertThat(faults(file(zone("Z", row("A")))))
        .containsExactly(new Fault("zones", "there is no seat in them"));
  }

  @Test
  void brokenJsonIsRefusedWithLineAndColumn() {
    assertThat(faults("{\n  \"name\": \"Hall\",\n  oops\n}").getFirst().problem())
        .startsWith("no readable JSON at line 3, column ");
    assertThat(faults("").getFirst().problem()).isNotBlank();
    assertThat(faults("{} {}").getFirst().problem()).startsWith("no readable JSON");
    assertThat(faults("[]").getFirst().problem()).isEqualTo("an object is needed, not a list");
  }

  @Test
  void aHundredFaultsAreNamedAndTheRestIsCounted() {
    var seats = IntStream.range(0, 250).mapToObj(i -> seat("" + i, "Royal")).toArray(String[]::new);

    var faults = faults(file(zone("Z", row("A", seats))));

    assertThat(faults).hasSize(101);
    assertThat(faults.getLast().toString()).isEqualTo("and 150 more faults");
  }

  @Test
  void aFileThatIsTooBigIsNotEvenRead() {
    var result = PretixPlan.read(new byte[PretixPlan.SIZE_MAX + 1]);

    assertThat(((Faulty) result).faults().getFirst().problem()).contains("at most 4194304");
  }

  @Test
  void moreThanTwentyThousandSeatsAreRefused() {
    var tiny = "{\"category\":\"Stalls\",\"position\":{\"x\":0,\"y\":0}}";
    var rows =
        IntStream.rangeClosed(0, 200)
            .mapToObj(
                r ->
                    row(
                        "R" + r,
                        IntStream.range(0, 100).mapToObj(i -> tiny).toArray(String[]::new)))
            .toArray(String[]::new);

    assertThat(faults(file(zone("Z", rows))))
        .containsExactly(new Fault("zones", "20100 seats, at most 20000 are possible"));
  }

  @Test
  void namesThatAreTooLongAreRefused() {
    assertThat(faults(file(zone("Z", row("r".repeat(51), SEAT)))))
        .containsExactly(
            new Fault("zones[0].rows[0].row_number", "at most 50 characters are possible"));
  }

  private static final String SEAT2 = seat("2", "Loge");

  private static String seat(String number, String category) {
    return """
    {"seat_number": "%s", "seat_guid": "g-%s", "uuid": "u", "radius": 5, "category": "%s",
     "position": {"x": 0, "y": 0}}\
    """
        .formatted(number, number, category);
  }

  private static String row(String name, String... seats) {
    return "{\"row_number\": \"%s\", \"position\": {\"x\": 0, \"y\": 0}, \"seats\": [%s]}"
        .formatted(name, String.join(",", seats));
  }

  private static String zone(String name, String... rows) {
    return "{\"name\": \"%s\", \"position\": {\"x\": 0, \"y\": 0}, \"areas\": [], \"rows\": [%s]}"
        .formatted(name, String.join(",", rows));
  }

  private static String file(String... zones) {
    return """
    {"name": "Hall", "size": {}, "categories": [{"name": "Stalls"}, {"name": "Loge"}],
     "zones": [%s]}\
    """
        .formatted(String.join(",", zones));
  }

  private static List<String> ids(Imported imported) {
    return imported.plan().getSeatsList().stream()
        .map(PlanSeat::getSeatId)
        .collect(Collectors.toList());
  }

  private static Imported imported(String json) {
    var result = PretixPlan.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(result).isInstanceOf(Imported.class);
    return (Imported) result;
  }

  private static List<Fault> faults(String json) {
    var result = PretixPlan.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(result).isInstanceOf(Faulty.class);
    return ((Faulty) result).faults();
  }
}
