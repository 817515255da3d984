package dev.usher.chat;

import dev.usher.chat.dialogue.Conversation;
import dev.usher.chat.dialogue.Hearing;
import dev.usher.chat.dialogue.Step;
import dev.usher.chat.understanding.Understood;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A turn that is being answered: from what was said to what is written down of it. */
final class OpenTurn {
  private final ChatbotActor.Say say;
  private final Conversation before;
  private final String lastText;
  private final ChatDependencies deps;
  private final long deadlineMs;
  private @Nullable Understood understood;

  /**
   * @param lastText what the assistant said before, or empty
   */
  OpenTurn(ChatbotActor.Say say, Conversation before, String lastText, ChatDependencies deps) {
    this.say = say;
    this.before = before;
    this.lastText = lastText;
    this.deps = deps;
    this.deadlineMs = deps.clock().millis() + say.timeout().toMillis();
  }

  Chats.Turn said() {
    return say.turn();
  }

  ActorRef<ChatbotActor.Answered> replyTo() {
    return say.replyTo();
  }

  /** At least a moment, so that a late step fails in its own way. */
  Duration left() {
    return Duration.ofMillis(Math.max(1, deadlineMs - deps.clock().millis()));
  }

  /** Understands what was said; gives the first step of what is done about it. */
  Step hear(LiveReads.Ground ground) {
    var now = deps.clock().instant();
    var today = LocalDate.ofInstant(now, deps.zone());
    var heard =
        deps.understanding()
            .understand(said().text(), ground.catalogue(), today, before.situation());
    understood = heard;
    var hearing =
        new Hearing(
            heard,
            ground.catalogue(),
            ground.card(),
            said().confirmationToken(),
            lastText,
            now.toEpochMilli());
    return deps.dialogue().hear(before, hearing);
  }

  /** The turn as it is remembered. */
  ChatEvent.Answered over(Step.Say end) {
    var conversation = end.conversation();
    var reply =
        understood == null
            ? ReplyWriter.aside(end.answer())
            : ReplyWriter.reply(
                understood, end.answer(), conversation, deps.dialogue().carried(conversation));
    return new ChatEvent.Answered(
        said().userId(), deps.clock().millis(), conversation, said().requestId(), reply);
  }
}
