package dev.usher.chat;

import dev.usher.chat.language.ReplyId;
import java.util.Optional;

/** What is answered without taking a turn: nothing is read, and nothing changes. */
final class Asides {
  private final Tongues tongues;

  Asides(Tongues tongues) {
    this.tongues = tongues;
  }

  /** The answer to a message that is no turn: somebody else's, too long, or answered before. */
  Optional<Chats.Reply> instead(Memory memory, Chats.Turn said) {
    if (!memory.speaker().isEmpty() && !memory.speaker().equals(said.userId())) {
      return Optional.of(reply(Memory.NONE, said, ReplyId.NOT_YOURS));
    }
    return said.text().length() > ChatbotActor.TEXT_MAX
        ? Optional.of(reply(memory, said, ReplyId.TOO_LONG))
        : memory.reply(said.requestId());
  }

  Chats.Reply reply(Memory memory, Chats.Turn said, ReplyId reply) {
    var tongue = tongues.aside(memory, said);
    return ReplyWriter.aside(tongue.dialogue().aside(reply), tongue.language().id());
  }
}
