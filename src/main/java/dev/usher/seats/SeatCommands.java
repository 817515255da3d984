package dev.usher.seats;

import dev.usher.seats.proto.SeatCommand;

/** Facts about seat commands that need no state. */
final class SeatCommands {
  private SeatCommands() {}

  /** The id of the event or venue that the command is about: what names its group. */
  static String homeOf(SeatCommand command) {
    return switch (command.getCommandCase()) {
      case CREATE_VENUE -> command.getCreateVenue().getVenueId();
      case CREATE_EVENT -> command.getCreateEvent().getEventId();
      case PUBLISH_EVENT -> command.getPublishEvent().getEventId();
      case CREATE_HOLD -> command.getCreateHold().getEventId();
      case DELETE_HOLD -> command.getDeleteHold().getEventId();
      case COMMIT_BOOKING -> command.getCommitBooking().getEventId();
      case RECORD_CAPTURE -> command.getRecordCapture().getEventId();
      case RECORD_VOID -> command.getRecordVoid().getEventId();
      case CANCEL_BOOKING -> command.getCancelBooking().getEventId();
      case RECORD_REFUND -> command.getRecordRefund().getEventId();
      case FENCE -> command.getFence().getEventId();
      case RELEASE_UNPAID -> command.getReleaseUnpaid().getEventId();
      case REDEEM_TICKET -> command.getRedeemTicket().getEventId();
      case COMMAND_NOT_SET -> throw new IllegalArgumentException("an empty seat command");
    };
  }
}
