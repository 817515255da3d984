package dev.usher.seats;

import dev.usher.seats.PretixPlan.Imported;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names the seats of one file by zone, row and number, and says in a few sentences what of the file
 * could not stay as it was.
 */
final class PretixNaming {
  private static final int NAMES_LISTED = 20;

  private final Plan.Builder plan = Plan.newBuilder();
  private final List<String> repairs = new ArrayList<>();
  private final Slugs seatIds = new Slugs();
  private final Set<String> guids = new HashSet<>();
  private int repeatedGuids;
  private int repeatedNumbers;
  private int numberless;
  private int emptyRows;
  private int clashes;

  Imported name(PretixFile file) {
    plan.addAllCategories(file.categories());
    var zones = new Slugs();
    for (int i = 0; i < file.zones().size(); i++) {
      var zone = file.zones().get(i);
      var fallback = "Zone " + (i + 1);
      if (zone.name().isEmpty()) {
        repairs.add("A zone without a name is called " + fallback + ".");
      }
      var name = zone.name().isEmpty() ? fallback : zone.name();
      var slug = zones.unique(slug(name, fallback));
      if (slug.nth() > 1) {
        repairs.add("Another zone " + name + " is called " + slug.label(name) + ".");
      }
      nameRows(zone, slug.label(name), slug.slug());
    }
    tell();
    return new Imported(file.name(), plan.build(), bounded());
  }

  private void nameRows(PretixFile.Zone zone, String section, String zoneSlug) {
    var rows = new Slugs();
    Map<String, Integer> times = new LinkedHashMap<>();
    int nameless = 0;
    for (int i = 0; i < zone.rows().size(); i++) {
      var row = zone.rows().get(i);
      if (row.seats().isEmpty()) {
        emptyRows++;
        continue;
      }
      var fallback = "Row " + (i + 1);
      nameless += row.name().isEmpty() ? 1 : 0;
      var name = row.name().isEmpty() ? fallback : row.name();
      var slug = rows.unique(slug(name, fallback));
      if (slug.nth() > 1) {
        times.merge(name, 1, Integer::sum);
      }
      nameSeats(row, section, slug.label(name), zoneSlug + "-" + slug.slug());
    }
    if (!times.isEmpty()) {
      repairs.add(repeatedRows(section, times));
    }
    if (nameless > 0) {
      repairs.add(
          counted(nameless, "row") + " of zone " + section + " had no name: called by position.");
    }
  }

  private static String repeatedRows(String section, Map<String, Integer> times) {
    int rows = times.values().stream().mapToInt(Integer::intValue).sum();
    var named =
        times.entrySet().stream()
            .limit(NAMES_LISTED)
            .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " ×" + e.getValue()))
            .collect(Collectors.joining(", "));
    var example = times.keySet().iterator().next();
    return counted(rows, "row")
        + " of zone "
        + section
        + " repeated the name of an earlier one ("
        + named
        + (times.size() > NAMES_LISTED ? ", …" : "")
        + "): called "
        + example
        + " (2nd) and so on, in the order of the file.";
  }

  private void nameSeats(PretixFile.Row row, String section, String rowLabel, String rowSlug) {
    var numbers = new Slugs();
    for (int i = 0; i < row.seats().size(); i++) {
      var seat = row.seats().get(i);
      numberless += seat.number().isEmpty() ? 1 : 0;
      var fallback = Integer.toString(i + 1);
      var number = seat.number().isEmpty() ? fallback : seat.number();
      var slug = numbers.unique(slug(number, "Seat " + fallback));
      repeatedNumbers += slug.nth() > 1 ? 1 : 0;
      var id = seatIds.unique(rowSlug + "-" + slug.slug());
      clashes += id.nth() > 1 ? 1 : 0;
      repeatedGuids += !seat.guid().isEmpty() && !guids.add(seat.guid()) ? 1 : 0;
      plan.addSeats(
          PlanSeat.newBuilder()
              .setSeatId(id.slug())
              .setSection(section)
              .setRow(rowLabel)
              .setNumber(slug.label(number))
              .setCategory(seat.category())
              .setX(seat.x())
              .setY(seat.y()));
    }
  }

  private static String slug(String name, String fallback) {
    var slug = Slugs.of(name);
    return slug.isEmpty() ? Slugs.of(fallback) : slug;
  }

  private void tell() {
    if (repeatedGuids > 0) {
      repairs.addFirst(
          repeatedGuids
              + " of "
              + plan.getSeatsCount()
              + " seats repeated the seat_guid of another: every seat is known by zone, row and"
              + " number instead, for example "
              + plan.getSeats(plan.getSeatsCount() - 1).getSeatId()
              + ".");
    }
    if (numberless > 0) {
      repairs.add(counted(numberless, "seat") + " had no number: counted within the row.");
    }
    if (repeatedNumbers > 0) {
      repairs.add(
          counted(repeatedNumbers, "seat")
              + " repeated the number of another in the same row: called 1 (2nd) and so on.");
    }
    if (clashes > 0) {
      repairs.add(
          counted(clashes, "seat")
              + " would have had the id of another: the id ends with -2nd and so on.");
    }
    if (emptyRows > 0) {
      repairs.add(counted(emptyRows, "row") + " without seats left out.");
    }
  }

  private static String counted(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** A venue keeps so many sentences of such a length. */
  private List<String> bounded() {
    int limit = SeatLimits.REPAIRS_PER_VENUE;
    var kept = repairs.size() <= limit ? repairs : repairs.subList(0, limit - 1);
    var sentences =
        kept.stream()
            .map(
                sentence ->
                    sentence.length() <= SeatLimits.TEXT_LENGTH
                        ? sentence
                        : sentence.substring(0, SeatLimits.TEXT_LENGTH - 1) + "…")
            .collect(Collectors.toCollection(ArrayList::new));
    if (kept.size() < repairs.size()) {
      sentences.add("And " + (repairs.size() - kept.size()) + " further repairs.");
    }
    return sentences;
  }
}
