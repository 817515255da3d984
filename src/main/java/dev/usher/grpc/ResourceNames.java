package dev.usher.grpc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Resource names (AIP-122): ids inside the house, paths on the wire. */
final class ResourceNames {
  /** What a person may call a venue or an event. */
  private static final Pattern CHOSEN = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  /** Anything that one segment may hold: RFC 3986 unreserved. */
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]{1,200}");

  /** A card's number, grouped or not, by mistake where a name belongs: it is never told again. */
  private static final Pattern CARD_NUMBER = Pattern.compile("[0-9]([ ._~+-]?[0-9]){11,18}");

  /** Stands for every resource of a collection (AIP-159). */
  static final String ANY = "-";

  private ResourceNames() {}

  /** A resource of an event. */
  record InEvent(String eventId, String id) {}

  /** A ticket: one seat of a booking. */
  record OfTicket(String eventId, String bookingId, String seatId) {}

  static String venue(String id) {
    return "venues/" + id;
  }

  static String event(String id) {
    return "events/" + id;
  }

  static String seat(String eventId, String id) {
    return event(eventId) + "/seats/" + id;
  }

  static String hold(String eventId, String id) {
    return event(eventId) + "/holds/" + id;
  }

  static String booking(String eventId, String id) {
    return event(eventId) + "/bookings/" + id;
  }

  static String ticket(String eventId, String bookingId, String seatId) {
    return booking(eventId, bookingId) + "/tickets/" + seatId;
  }

  static String user(String id) {
    return "users/" + id;
  }

  static String session(String userId, String id) {
    return user(userId) + "/sessions/" + id;
  }

  static String payment(String id) {
    return "payments/" + id;
  }

  static String paymentMethod(String id) {
    return "paymentMethods/" + id;
  }

  static String conversation(String id) {
    return "conversations/" + id;
  }

  static String node(String id) {
    return "nodes/" + id;
  }

  static String group(String id) {
    return "groups/" + id;
  }

  /** The id of {@code paymentMethods/id}, or empty with a violation noted. */
  static String parsePaymentMethod(String name, String field, Violations violations) {
    if (CARD_NUMBER.matcher(name).find()) {
      violations.add(field, "is a card's number; CreatePaymentMethod makes a name of it");
      return "";
    }
    return parse(name, "paymentMethods", field, violations);
  }

  /** The id of {@code collection/id}, or empty with a violation noted. */
  static String parse(String name, String collection, String field, Violations violations) {
    var ids = match(name, collection);
    if (ids.isEmpty()) {
      violations.add(field, expected(name, collection + "/{" + singular(collection) + "}"));
      return "";
    }
    return ids.get().get(0);
  }

  /** The ids of {@code events/{event}/collection/{id}}; empty ones with a violation noted. */
  static InEvent parseInEvent(String name, String collection, String field, Violations violations) {
    var ids = match(name, "events", collection);
    if (ids.isEmpty()) {
      violations.add(
          field,
          expected(name, "events/{event}/" + collection + "/{" + singular(collection) + "}"));
      return new InEvent("", "");
    }
    return new InEvent(ids.get().get(0), ids.get().get(1));
  }

  /** The ids of a ticket's name; empty ones with a violation noted. */
  static OfTicket parseTicket(String name, String field, Violations violations) {
    var ids = match(name, "events", "bookings", "tickets");
    if (ids.isEmpty()) {
      violations.add(field, expected(name, ticket("{event}", "{booking}", "{ticket}")));
      return new OfTicket("", "", "");
    }
    return new OfTicket(ids.get().get(0), ids.get().get(1), ids.get().get(2));
  }

  /** The ids of a name of these collections, in turn. */
  static Optional<List<String>> match(String name, String... collections) {
    var segments = name.split("/", -1);
    if (segments.length != 2 * collections.length) {
      return Optional.empty();
    }
    var ids = new String[collections.length];
    for (int i = 0; i < collections.length; i++) {
      ids[i] = segments[2 * i + 1];
      if (!segments[2 * i].equals(collections[i]) || !SEGMENT.matcher(ids[i]).matches()) {
        return Optional.empty();
      }
    }
    return Optional.of(List.of(ids));
  }

  /** An id that its creator chose (AIP-133). */
  static String chosenId(String id, String field, Violations violations) {
    if (!CHOSEN.matcher(id).matches()) {
      violations.add(
          field,
          "must be 1 to 63 of a-z, 0-9 and '-', start with a letter and not end with '-', but is "
              + quoted(id));
    }
    return id;
  }

  private static String expected(String name, String form) {
    return name.isEmpty() ? "is required: " + form : "must be " + form + ", but is " + quoted(name);
  }

  private static String singular(String collection) {
    return switch (collection) {
      case "paymentMethods" -> "payment_method";
      default -> collection.substring(0, collection.length() - 1);
    };
  }

  private static String quoted(String text) {
    var told = CARD_NUMBER.matcher(text).replaceAll("…");
    return "'" + (told.length() <= 80 ? told : told.substring(0, 80) + "…") + "'";
  }
}
