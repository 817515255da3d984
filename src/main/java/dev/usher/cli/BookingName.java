package dev.usher.cli;

/** The name of a booking, as it is typed: its last segment alone does not tell the event. */
final class BookingName {
  private BookingName() {}

  static String check(String typed) {
    if (!typed.matches("events/[^/]+/bookings/[^/]+")) {
      throw new CliException(
          ExitCode.USAGE,
          "a booking is named events/EVENT/bookings/ID; `usher bookings` lists yours");
    }
    return typed;
  }
}
