package dev.usher.chat;

import dev.usher.auth.AuthProtocol.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The way into the conversations for the edge. Safe for any thread. */
public interface Chats {
  /** One turn. The stage fails only when the conversation can't be reached in time. */
  CompletionStage<Reply> send(Turn turn, Duration timeout);

  List<Intent> intents();

  /**
   * What a person said.
   *
   * @param conversationId 1 to 64 characters; only its first speaker may go on with it
   * @param text at most 1000 characters
   * @param paymentMethodId what to pay with, empty when none was chosen
   * @param requestId the same id as the turn before gets the same reply again; may be empty
   */
  record Turn(
      Secret token,
      String userId,
      String conversationId,
      String text,
      String paymentMethodId,
      String requestId) {}

  /**
   * What the assistant says.
   *
   * @param bookingName {@code events/{event}/bookings/{booking}} made or cancelled, or empty
   */
  record Reply(
      String text,
      String intent,
      double confidence,
      List<Slot> slots,
      List<String> missingSlots,
      String templateId,
      List<Suggestion> suggestions,
      String bookingName) {}

  /** Offsets in UTF-16 units, end exclusive; both 0 when carried over from an earlier turn. */
  record Slot(String name, String value, int begin, int end) {}

  record Suggestion(String label, String text) {}

  record Intent(String name, String description, List<String> examples) {}
}
