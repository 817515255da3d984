package dev.usher.chat;

import dev.usher.auth.AuthProtocol.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The way into the conversations for the edge. Safe for any thread. */
public interface Chats {
  /** One turn. The stage fails only when the conversation can't be reached in time. */
  CompletionStage<Reply> send(Turn turn, Duration timeout);

  /**
   * Forgets a conversation and lets go what it holds.
   *
   * @return false when it is somebody else's
   */
  CompletionStage<Boolean> reset(String userId, String conversationId, Duration timeout);

  /**
   * What the assistant understands, described in a language.
   *
   * @param languageCode BCP 47; English when it names none that is spoken
   */
  List<Intent> intents(String languageCode);

  /**
   * What a person said.
   *
   * @param conversationId 1 to 64 characters; only its first speaker may go on with it
   * @param text at most 1000 characters
   * @param paymentMethodId what to pay with, empty when none was chosen
   * @param confirmationToken of what a yes is to; empty: of what was read back last
   * @param requestId the same id as the turn before gets the same reply again; may be empty
   * @param languageCode BCP 47; empty, or one that is not spoken: the language is heard
   */
  record Turn(
      Secret token,
      String userId,
      String conversationId,
      String text,
      String paymentMethodId,
      String confirmationToken,
      String requestId,
      String languageCode) {
    public Turn {
      // a node of an earlier version sends none
      languageCode = Objects.requireNonNullElse(languageCode, "");
    }
  }

  /**
   * What the assistant says.
   *
   * @param bookingName {@code events/{event}/bookings/{booking}} made or cancelled, or empty
   * @param model hash of the model that understood the message, or empty
   * @param why the template, or what spoke most for the intent
   * @param language that the text is in
   * @param confirmationToken of what was read back and waits for a yes, or empty
   */
  record Reply(
      String text,
      String intent,
      double confidence,
      List<Slot> slots,
      List<String> missingSlots,
      String templateId,
      List<Suggestion> suggestions,
      String bookingName,
      String confirmationToken,
      String model,
      List<String> why,
      String language) {}

  /** Offsets in UTF-16 units, end exclusive; both 0 when carried over from an earlier turn. */
  record Slot(String name, String value, int begin, int end) {}

  /**
   * What could come next.
   *
   * @param text to send as the next message
   * @param rpc {@code package.Service/Method} that does the same, or empty when only a message does
   * @param arguments its fields by their path
   */
  record Suggestion(String label, String text, String rpc, Map<String, String> arguments) {}

  record Intent(String name, String description, List<String> examples) {}
}
