package dev.usher.chat;

import dev.usher.chat.dialogue.Conversation;
import dev.usher.chat.dialogue.Hearing;
import dev.usher.chat.dialogue.Step;
import dev.usher.chat.understanding.CardWish;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understood;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
  private Tongues.Tongue tongue;

  /**
   * @param lastText what the assistant said before, or empty
   */
  OpenTurn(ChatbotActor.Say say, Conversation before, String lastText, ChatDependencies deps) {
    this.say = say;
    this.before = before;
    this.lastText = lastText;
    this.deps = deps;
    this.tongue = deps.tongues().of(before.speech());
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
  Step hear(Catalogue catalogue) {
    var now = deps.clock().instant();
    var today = LocalDate.ofInstant(now, deps.zone());
    var speech = deps.tongues().speech(before.speech(), said(), catalogue);
    tongue = deps.tongues().of(speech);
    var speaking = before.speaking(speech);
    boolean asks = deps.tongues().asks(said().text());
    var meant =
        tongue.understanding().understand(said().text(), catalogue, today, speaking.situation());
    var card =
        speaking.choosesCard()
            ? tongue.understanding().card(said().text())
            : Optional.<CardWish>empty();
    var heard = meant;
    if (asks) {
      heard = meant.verbatim("wish." + speech.language(), "asks for " + speech.language());
    } else if (card.isPresent()) {
      heard = meant.verbatim("card", "names a card");
    }
    understood = heard;
    var hearing =
        new Hearing(
            heard,
            catalogue,
            List.of(said().paymentMethodId()),
            said().confirmationToken(),
            lastText,
            now.toEpochMilli());
    var dialogue = tongue.dialogue();
    if (asks) {
      return dialogue.changeLanguage(speaking, hearing);
    }
    return card.isPresent()
        ? dialogue.pay(speaking, hearing, card.get())
        : dialogue.hear(speaking, hearing);
  }

  /** The turn as it is remembered. */
  ChatEvent.Answered over(Step.Say end) {
    var conversation = end.conversation();
    String language = tongue.language().id();
    var reply =
        understood == null
            ? ReplyWriter.aside(end.answer(), language)
            : ReplyWriter.reply(
                understood,
                end.answer(),
                conversation,
                tongue.dialogue().carried(conversation),
                language);
    return new ChatEvent.Answered(
        said().userId(), deps.clock().millis(), conversation, said().requestId(), reply);
  }
}
