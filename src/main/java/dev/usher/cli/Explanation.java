package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.cli.client.CallFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A failed call in words: the reason, what the server said, and what to do next.
 *
 * @param nextStep empty when there is nothing sensible to do
 */
record Explanation(
    int exitCode, String reason, String message, List<String> details, String nextStep) {

  /** What to do about a reason (the table of errors in the API). */
  private static final Map<String, String> NEXT_STEPS =
      Map.ofEntries(
          Map.entry("SEAT_UNAVAILABLE", "choose another seat: usher seats EVENT"),
          Map.entry("SOLD_OUT", "choose another event: usher events"),
          Map.entry("NOT_ENOUGH_ADJACENT_SEATS", "ask for fewer, elsewhere, or with --split"),
          Map.entry("HOLD_EXPIRED", "hold seats again: usher hold EVENT --best N"),
          Map.entry("HOLD_MAX_TTL", "ask for a shorter hold"),
          Map.entry("PRICE_CHANGED", "look at the new price: usher seats EVENT --list"),
          Map.entry(
              "PAYMENT_DECLINED",
              "pay again, with another card if this one was refused; a hold stays yours until it"
                  + " ends"),
          Map.entry("PAYMENT_METHOD_LIMIT", "see them and delete one: usher payment-methods"),
          Map.entry("PAYMENT_OF_BOOKING", "cancel the booking: usher cancel BOOKING"),
          Map.entry("PAYMENT_STATE", "look at it: usher payments"),
          Map.entry("TICKET_ALREADY_REDEEMED", "ask at the box office"),
          Map.entry("TICKET_CANCELLED", "send its holder to the box office"),
          Map.entry("TICKET_UNPAID", "repeat the command when the booking is confirmed"),
          Map.entry("SEAT_LIMIT_PER_BOOKING", "take fewer seats at a time"),
          Map.entry("SEAT_LIMIT_PER_USER", "you have as many seats of this event as one may have"),
          Map.entry("USER_EXISTS", "log in: usher login"),
          Map.entry("CREDENTIALS_INVALID", "check the address and the password"),
          Map.entry("LOGIN_THROTTLED", "wait a moment, then log in again"),
          Map.entry("SESSION_REQUIRED", "log in: usher login"),
          Map.entry("SESSION_EXPIRED", "log in again: usher login"),
          Map.entry("SESSION_REVOKED", "log in again: usher login"),
          Map.entry("ROLE_REQUIRED", "log in with an account that may do this"),
          Map.entry(
              "RESOURCE_NOT_FOUND",
              "check the name: usher events, bookings and payment-methods list them"),
          Map.entry("REQUEST_ID_REUSED", "leave --request-id out, or repeat the request as it was"),
          Map.entry("OVERLOADED", "ask again in a moment"),
          Map.entry("MEMBER_NOT_YET", "repeat the command: it goes on where it ended"),
          Map.entry("MEMBER_NOT_POSSIBLE", "look at the members: usher cluster status"),
          Map.entry("NO_LEADER", "ask again in a moment; usher cluster status shows the nodes"),
          Map.entry("PROVIDER_UNAVAILABLE", "the payment provider does not answer; ask again"));

  static Explanation of(CallFailedException e) {
    var details = new ArrayList<String>();
    e.violations()
        .forEach(
            v ->
                details.add(
                    v.field().isEmpty() ? v.description() : v.field() + ": " + v.description()));
    return new Explanation(
        exitCode(e), e.reason(), String.valueOf(e.getMessage()), List.copyOf(details), nextStep(e));
  }

  private static String nextStep(CallFailedException e) {
    String known = NEXT_STEPS.get(e.reason());
    if (known != null) {
      return known;
    }
    return switch (e.code()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          "is the cluster running? bin/start-node.sh starts one; --nodes names another";
      case UNAUTHENTICATED -> "log in: usher login";
      case UNIMPLEMENTED -> "the nodes run another version than this command";
      default -> "";
    };
  }

  private static int exitCode(CallFailedException e) {
    return switch (e.code()) {
      case UNAUTHENTICATED, PERMISSION_DENIED -> ExitCode.AUTH;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> ExitCode.UNAVAILABLE;
      case INVALID_ARGUMENT -> ExitCode.USAGE;
      case RESOURCE_EXHAUSTED ->
          switch (e.reason()) {
            case "LOGIN_THROTTLED" -> ExitCode.AUTH;
            case "OVERLOADED" -> ExitCode.UNAVAILABLE;
            default -> ExitCode.REFUSED;
          };
      case FAILED_PRECONDITION, ALREADY_EXISTS, NOT_FOUND, ABORTED, OUT_OF_RANGE ->
          ExitCode.REFUSED;
      default -> ExitCode.FAILED;
    };
  }

  /** For people, on several lines. */
  String text() {
    var text = new StringBuilder();
    text.append(reason.isEmpty() ? message : reason + ": " + message).append('\n');
    details.stream()
        .filter(detail -> !detail.equals(message))
        .forEach(detail -> text.append("  ").append(detail).append('\n'));
    if (!nextStep.isEmpty()) {
      text.append("→ ").append(nextStep).append('\n');
    }
    return text.toString();
  }

  /** For programs, one object. */
  String json() {
    var mapper = new ObjectMapper();
    ObjectNode error = mapper.createObjectNode();
    error.put("reason", reason).put("message", message).put("exitCode", exitCode);
    var array = error.putArray("details");
    details.forEach(array::add);
    error.put("nextStep", nextStep);
    return mapper.createObjectNode().set("error", error).toPrettyString();
  }
}
