package dev.usher.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The replies of the last turns by request id, so that a repeat gets the same reply again. */
final class TurnHistory {
  static final int TURNS_MAX = 16;

  private final Map<String, Chats.Reply> replies = new LinkedHashMap<>();

  Optional<Chats.Reply> find(String requestId) {
    return requestId.isEmpty() ? Optional.empty() : Optional.ofNullable(replies.get(requestId));
  }

  void add(String requestId, Chats.Reply reply) {
    if (requestId.isEmpty()) {
      return;
    }
    replies.put(requestId, reply);
    if (replies.size() > TURNS_MAX) {
      replies.remove(replies.keySet().iterator().next());
    }
  }
}
