package dev.usher.grpc;

import dev.usher.api.chatbot.v1.ChatbotService;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.chatbot.v1.Slot;
import dev.usher.api.chatbot.v1.SuggestedAction;
import dev.usher.chat.Chats;

/** What the assistant says, as the public API shows it. */
final class ChatMessages {
  private static final String SEND_MESSAGE = ChatbotService.name + "/SendMessage";

  private ChatMessages() {}

  static SendMessageResponse response(String conversationId, Chats.Reply reply) {
    var conversation = ResourceNames.conversation(conversationId);
    var message =
        SendMessageResponse.newBuilder()
            .setConversation(conversation)
            .setText(reply.text())
            .setIntent(reply.intent())
            .setConfidence(reply.confidence())
            .addAllMissingSlots(reply.missingSlots())
            .setTemplateId(reply.templateId())
            .setBooking(reply.bookingName())
            .setConfirmationToken(reply.confirmationToken())
            .setModel(reply.model())
            .addAllWhy(reply.why())
            .setLanguageCode(reply.language());
    for (var slot : reply.slots()) {
      message.addSlots(
          Slot.newBuilder()
              .setName(slot.name())
              .setValue(slot.value())
              .setBegin(slot.begin())
              .setEnd(slot.end()));
    }
    for (var suggestion : reply.suggestions()) {
      message.addSuggestedActions(action(conversation, reply, suggestion));
    }
    return message.build();
  }

  /** Every action names a call: where there is no other, it is the next message. */
  private static SuggestedAction action(
      String conversation, Chats.Reply reply, Chats.Suggestion suggestion) {
    var action =
        SuggestedAction.newBuilder().setLabel(suggestion.label()).setText(suggestion.text());
    if (!suggestion.rpc().isEmpty()) {
      return action.setRpc(suggestion.rpc()).putAllArguments(suggestion.arguments()).build();
    }
    action
        .setRpc(SEND_MESSAGE)
        .putArguments("conversation", conversation)
        .putArguments("text", suggestion.text());
    if (!reply.confirmationToken().isEmpty()) {
      action.putArguments("confirmation_token", reply.confirmationToken());
    }
    return action.build();
  }
}
