package dev.usher.seats;

/** Resource names (AIP-122) as refusals give them. */
final class Names {
  private Names() {}

  static String venue(String venueId) {
    return "venues/" + venueId;
  }

  static String event(String eventId) {
    return "events/" + eventId;
  }

  static String seat(String eventId, String seatId) {
    return event(eventId) + "/seats/" + seatId;
  }

  static String hold(Key hold) {
    return event(hold.eventId()) + "/holds/" + hold.id();
  }

  static String booking(Key booking) {
    return event(booking.eventId()) + "/bookings/" + booking.id();
  }

  /** A ticket has the id of its seat. */
  static String ticket(Key booking, String seatId) {
    return booking(booking) + "/tickets/" + seatId;
  }
}
