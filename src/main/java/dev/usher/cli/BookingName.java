package dev.usher.cli;

import picocli.CommandLine.Parameters;

/** The booking that a command is about: its last segment alone does not tell the event. */
final class BookingName {
  @Parameters(
      index = "0",
      paramLabel = "BOOKING",
      description = "events/EVENT/bookings/ID, as `usher bookings` names it.")
  private String typed = "";

  /**
   * Its resource name.
   *
   * @throws CliException when something else was typed
   */
  String checked() {
    if (!typed.matches("events/[^/]+/bookings/[^/]+")) {
      throw new CliException(
          ExitCode.USAGE,
          "a booking is named events/EVENT/bookings/ID; `usher bookings` lists yours");
    }
    return typed;
  }
}
