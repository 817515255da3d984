package dev.usher.chat.dialogue;

import java.util.Map;

/**
 * What could come next: a message, or the call that does the same without the assistant.
 *
 * @param text to send as the next message
 * @param rpc {@code package.Service/Method}, or empty when only a message does it
 * @param arguments the call's fields by their path
 */
public record Suggestion(String label, String text, String rpc, Map<String, String> arguments) {
  public Suggestion {
    arguments = Map.copyOf(arguments);
  }

  static Suggestion saying(String text) {
    return new Suggestion(text, text, "", Map.of());
  }

  static Suggestion saying(String label, String text) {
    return new Suggestion(label, text, "", Map.of());
  }

  Suggestion calling(String method, Map<String, String> fields) {
    return new Suggestion(label, text, method, fields);
  }
}
