package dev.usher.chat;

import dev.usher.chat.dialogue.Answer;
import dev.usher.chat.dialogue.Conversation;
import dev.usher.chat.dialogue.Wants;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Entity;
import dev.usher.chat.understanding.Understood;
import java.util.ArrayList;
import java.util.List;

/** Makes the reply of what was understood and what is answered. */
final class ReplyWriter {
  private ReplyWriter() {}

  /**
   * A reply to a turn.
   *
   * @param carried values that earlier turns brought
   * @param language of the answer
   */
  static Chats.Reply reply(
      Understood heard,
      Answer answer,
      Conversation conversation,
      List<Wants.Carried> carried,
      String language) {
    var slots = new ArrayList<Chats.Slot>();
    heard.entities().forEach(entity -> slots.add(slot(entity)));
    for (var value : carried) {
      if (heard.all(value.slot()).isEmpty()) {
        slots.add(new Chats.Slot(value.slot().label(), value.value(), 0, 0));
      }
    }
    return new Chats.Reply(
        answer.text(),
        heard.intent().label(),
        heard.confidence(),
        slots,
        answer.missing().stream().map(SlotId::label).toList(),
        heard.templateId(),
        suggestions(answer),
        answer.bookingName(),
        conversation.confirmationToken(),
        heard.model(),
        heard.why(),
        language);
  }

  /** A reply that belongs to no understanding: nothing was read, nothing changed. */
  static Chats.Reply aside(Answer answer, String language) {
    return new Chats.Reply(
        answer.text(),
        "",
        0,
        List.of(),
        List.of(),
        answer.id().label(),
        suggestions(answer),
        "",
        "",
        "",
        List.of(),
        language);
  }

  private static Chats.Slot slot(Entity entity) {
    String value =
        entity.slot() == SlotId.EVENT
            ? Wants.eventValue(entity.values())
            : String.join(",", entity.values());
    return new Chats.Slot(entity.slot().label(), value, entity.begin(), entity.end());
  }

  private static List<Chats.Suggestion> suggestions(Answer answer) {
    return answer.suggestions().stream()
        .map(s -> new Chats.Suggestion(s.label(), s.text(), s.rpc(), s.arguments()))
        .toList();
  }
}
