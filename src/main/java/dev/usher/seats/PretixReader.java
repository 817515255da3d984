package dev.usher.seats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.seats.PretixPlan.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Walks the JSON of one file and collects every fault with its path; unknown fields are fine. */
final class PretixReader {
  // Leaves room for " (99th)" behind a repeated name.
  private static final int LABEL_LENGTH = SeatLimits.LABEL_LENGTH - 10;
  private static final int NAME_LENGTH = 100;

  private record Point(double x, double y) {
    Point plus(Point other) {
      return new Point(x + other.x, y + other.y);
    }
  }

  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> categories = new LinkedHashSet<>();
  private int faultCount;
  private int seatCount;

  /** What was found; incomplete when there are {@link #faults}. */
  PretixFile read(JsonNode root) {
    if (!root.isObject()) {
      fault("", "an object is needed, not " + kind(root));
      return new PretixFile("", List.of(), List.of());
    }
    var name = needText(root, "", "name", NAME_LENGTH);
    readCategories(root);
    var zones = new ArrayList<PretixFile.Zone>();
    var nodes = needArray(root, "", "zones");
    for (int i = 0; i < nodes.size(); i++) {
      zones.add(zone(nodes.get(i), "zones[" + i + "]"));
    }
    if (seatCount == 0 && faultCount == 0) {
      fault("zones", "there is no seat in them");
    }
    if (seatCount > SeatLimits.SEATS_PER_PLAN) {
      fault("zones", seatCount + " seats, at most " + SeatLimits.SEATS_PER_PLAN + " are possible");
    }
    return new PretixFile(name, List.copyOf(categories), zones);
  }

  /** In the order of the file; the last one counts those beyond the limit. */
  List<Fault> faults() {
    if (faultCount <= PretixPlan.FAULTS_MAX) {
      return List.copyOf(faults);
    }
    var all = new ArrayList<>(faults);
    all.add(new Fault("", "and " + (faultCount - PretixPlan.FAULTS_MAX) + " more faults"));
    return all;
  }

  private void readCategories(JsonNode root) {
    var nodes = needArray(root, "", "categories");
    for (int i = 0; i < nodes.size(); i++) {
      var path = "categories[" + i + "]";
      var node = nodes.get(i);
      if (isObject(node, path)) {
        var name = needText(node, path, "name", NAME_LENGTH);
        if (!name.isEmpty() && !categories.add(name)) {
          fault(path + ".name", "there is another category '" + name + "'");
        }
      }
    }
    if (categories.size() > SeatLimits.CATEGORIES_PER_PLAN) {
      fault("categories", "at most " + SeatLimits.CATEGORIES_PER_PLAN + " are possible");
    }
  }

  private PretixFile.Zone zone(JsonNode node, String path) {
    var rows = new ArrayList<PretixFile.Row>();
    if (!isObject(node, path)) {
      return new PretixFile.Zone("", rows);
    }
    var name = text(node, path, "name", NAME_LENGTH);
    var origin = needPoint(node, path);
    var nodes = needArray(node, path, "rows");
    for (int i = 0; i < nodes.size(); i++) {
      rows.add(row(nodes.get(i), path + ".rows[" + i + "]", origin));
    }
    return new PretixFile.Zone(name, rows);
  }

  private PretixFile.Row row(JsonNode node, String path, Point zone) {
    var seats = new ArrayList<PretixFile.Seat>();
    if (!isObject(node, path)) {
      return new PretixFile.Row("", seats);
    }
    var name = text(node, path, "row_number", LABEL_LENGTH);
    var origin = zone.plus(needPoint(node, path));
    var nodes = needArray(node, path, "seats");
    for (int i = 0; i < nodes.size(); i++) {
      var seatPath = path + ".seats[" + i + "]";
      if (isObject(nodes.get(i), seatPath)) {
        seats.add(seat(nodes.get(i), seatPath, origin));
      }
    }
    seatCount += seats.size();
    return new PretixFile.Row(name, seats);
  }

  private PretixFile.Seat seat(JsonNode node, String path, Point row) {
    var at = row.plus(needPoint(node, path));
    if (!Double.isFinite(at.x()) || !Double.isFinite(at.y())) {
      fault(path + ".position", "too far away");
    }
    var category = needText(node, path, "category", NAME_LENGTH);
    if (!category.isEmpty() && !categories.contains(category)) {
      fault(path + ".category", "'" + category + "' is not among the categories");
    }
    return new PretixFile.Seat(
        text(node, path, "seat_number", LABEL_LENGTH),
        text(node, path, "seat_guid", SeatLimits.TEXT_LENGTH),
        category,
        at.x(),
        at.y());
  }

  private Point needPoint(JsonNode node, String path) {
    var position = node.path("position");
    var positionPath = under(path, "position");
    if (!isObject(position, positionPath)) {
      return new Point(0, 0);
    }
    return new Point(
        needNumber(position, positionPath, "x"), needNumber(position, positionPath, "y"));
  }

  private double needNumber(JsonNode node, String path, String field) {
    var number = node.path(field);
    if (!number.isNumber()) {
      fault(under(path, field), "a number is needed, not " + kind(number));
      return 0;
    }
    if (!Double.isFinite(number.doubleValue())) {
      fault(under(path, field), "too large a number");
      return 0;
    }
    return number.doubleValue();
  }

  private JsonNode needArray(JsonNode node, String path, String field) {
    var array = node.path(field);
    if (!array.isArray()) {
      fault(under(path, field), "a list is needed, not " + kind(array));
    }
    return array.isArray() ? array : JsonNodeFactory.instance.arrayNode();
  }

  private String needText(JsonNode node, String path, String field, int limit) {
    int before = faultCount;
    var text = text(node, path, field, limit);
    if (text.isEmpty() && faultCount == before) {
      fault(under(path, field), "needed");
    }
    return text;
  }

  /** The text of a field without blanks around it, empty when the field is missing or null. */
  private String text(JsonNode node, String path, String field, int limit) {
    var value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      fault(under(path, field), "a text is needed, not " + kind(value));
      return "";
    }
    var text = value.textValue().strip();
    if (text.length() > limit) {
      fault(under(path, field), "at most " + limit + " characters are possible");
      return "";
    }
    return text;
  }

  private boolean isObject(JsonNode node, String path) {
    if (!node.isObject()) {
      fault(path, "an object is needed, not " + kind(node));
    }
    return node.isObject();
  }

  private static String under(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BINARY -> "bytes";
    };
  }

  private void fault(String path, String problem) {
    if (++faultCount <= PretixPlan.FAULTS_MAX) {
      faults.add(new Fault(path, problem));
    }
  }
}
