package dev.usher.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.usher.chat.dialogue.Conversation;
import dev.usher.shards.CborSerializable;

/**
 * What a conversation writes down: one event a turn, two when something is booked or cancelled. An
 * event has all that is to be remembered, so the last one is enough. No token and no message is in
 * it.
 *
 * <p>Versions: {@link ChatEventMigration}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChatEvent.Tried.class, name = "tried"),
  @JsonSubTypes.Type(value = ChatEvent.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = ChatEvent.Forgotten.class, name = "forgotten")
})
sealed interface ChatEvent extends CborSerializable {
  /** A yes is about to be carried out: whatever happens now, only this same act may be repeated. */
  record Tried(Conversation conversation) implements ChatEvent {}

  /** A turn is over. */
  record Answered(
      String speaker, long timeMs, Conversation conversation, String requestId, Chats.Reply reply)
      implements ChatEvent {}

  /** Its speaker wants to begin anew. */
  record Forgotten(long timeMs) implements ChatEvent {}
}
