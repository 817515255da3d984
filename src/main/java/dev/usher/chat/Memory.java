package dev.usher.chat;

import dev.usher.chat.dialogue.Conversation;
import dev.usher.shards.CborSerializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a conversation between its turns.
 *
 * @param speaker who began it; empty before the first turn
 * @param timeMs of the last turn
 * @param conversation null before the first turn
 * @param replies to the last turns, so that a repeat gets the same reply again
 */
record Memory(
    String speaker, long timeMs, @Nullable Conversation conversation, List<Replied> replies)
    implements CborSerializable {
  static final int REPLIES_MAX = 8;

  static final Memory NONE = new Memory("", 0, null, List.of());

  record Replied(String requestId, Chats.Reply reply) {}

  Memory {
    replies = List.copyOf(replies);
  }

  /** This, or nothing when it was silent for too long. */
  Memory at(long nowMs, Duration forget) {
    return nowMs - timeMs >= forget.toMillis() ? NONE : this;
  }

  Conversation conversation(String id, long nowMs) {
    return conversation == null ? Conversation.begin(id, nowMs) : conversation;
  }

  String lastText() {
    return replies.isEmpty() ? "" : replies.getLast().reply().text();
  }

  Optional<Chats.Reply> reply(String requestId) {
    return replies.stream()
        .filter(replied -> !requestId.isEmpty() && replied.requestId().equals(requestId))
        .map(Replied::reply)
        .findFirst();
  }

  Memory after(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Forgotten forgotten -> NONE;
      case ChatEvent.Tried tried -> new Memory(speaker, timeMs, tried.conversation(), replies);
      case ChatEvent.Answered turn -> {
        boolean anew =
            conversation == null || conversation.bornMs() != turn.conversation().bornMs();
        var kept = new ArrayList<Replied>(anew ? List.of() : replies);
        kept.add(new Replied(turn.requestId(), turn.reply()));
        int from = Math.max(0, kept.size() - REPLIES_MAX);
        yield new Memory(
            turn.speaker(), turn.timeMs(), turn.conversation(), kept.subList(from, kept.size()));
      }
    };
  }
}
