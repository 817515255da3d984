package dev.usher.grpc;

import dev.usher.api.chatbot.v1.ChatbotServicePowerApi;
import dev.usher.api.chatbot.v1.Intent;
import dev.usher.api.chatbot.v1.ListIntentsRequest;
import dev.usher.api.chatbot.v1.ListIntentsResponse;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.chatbot.v1.Slot;
import dev.usher.api.chatbot.v1.SuggestedAction;
import dev.usher.chat.Chats;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.pekko.grpc.javadsl.Metadata;

/** The assistant. */
final class ChatbotGrpcService implements ChatbotServicePowerApi {
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_CONVERSATION = 64;
  private static final Pages INTENTS = new Pages("ListIntents", 50, 200);

  private final Gate gate;
  private final Chats chats;
  private final UnaryOperator<String> mint;
  private final Requests requests;

  ChatbotGrpcService(Gate gate, Chats chats, UnaryOperator<String> mint, Requests requests) {
    this.gate = gate;
    this.chats = chats;
    this.mint = mint;
    this.requests = requests;
  }

  @Override
  public CompletionStage<SendMessageResponse> sendMessage(
      SendMessageRequest in, Metadata metadata) {
    return gate.change("SendMessage", metadata, call -> sendMessage(in, call));
  }

  private CompletionStage<SendMessageResponse> sendMessage(SendMessageRequest in, Call call) {
    var violations = new Violations();
    var text = violations.required("text", in.getText(), LONGEST_TEXT);
    var requestId = requests.id(in.getRequestId(), violations);
    var conversation =
        in.getConversation().isEmpty()
            ? mint.apply(beginning(call.userId(), requestId))
            : ResourceNames.parse(
                in.getConversation(), "conversations", "conversation", violations);
    if (conversation.length() > LONGEST_CONVERSATION) {
      violations.add("conversation", "has an id of more than " + LONGEST_CONVERSATION);
    }
    var paymentMethod =
        in.getPaymentMethod().isEmpty()
            ? ""
            : ResourceNames.parse(
                in.getPaymentMethod(), "paymentMethods", "payment_method", violations);
    violations.check();
    return chats
        .send(
            new Chats.Turn(
                call.token(), call.userId(), conversation, text, paymentMethod, requestId),
            call.timeout())
        .thenApply(reply -> message(conversation, reply));
  }

  /** The same first message again is the same conversation again (AIP-155). */
  private static String beginning(String userId, String requestId) {
    var digest = Digests.sha256("conversation", userId, requestId);
    return "c" + HexFormat.of().formatHex(digest, 0, 16);
  }

  @Override
  public CompletionStage<ListIntentsResponse> listIntents(
      ListIntentsRequest in, Metadata metadata) {
    return gate.read(
        "ListIntents", metadata, call -> CompletableFuture.completedFuture(listIntents(in)));
  }

  private ListIntentsResponse listIntents(ListIntentsRequest in) {
    var violations = new Violations();
    var window = INTENTS.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    var page = INTENTS.cutFixed(chats.intents(), window, Chats.Intent::name);
    var response = ListIntentsResponse.newBuilder().setNextPageToken(page.nextToken());
    for (var intent : page.items()) {
      response.addIntents(
          Intent.newBuilder()
              .setName(intent.name())
              .setDescription(intent.description())
              .addAllExamples(intent.examples()));
    }
    return response.build();
  }

  private static SendMessageResponse message(String conversation, Chats.Reply reply) {
    var message =
        SendMessageResponse.newBuilder()
            .setConversation(ResourceNames.conversation(conversation))
            .setText(reply.text())
            .setIntent(reply.intent())
            .setConfidence(reply.confidence())
            .addAllMissingSlots(reply.missingSlots())
            .setTemplateId(reply.templateId())
            .setBooking(reply.bookingName());
    for (var slot : reply.slots()) {
      message.addSlots(
          Slot.newBuilder()
              .setName(slot.name())
              .setValue(slot.value())
              .setBegin(slot.begin())
              .setEnd(slot.end()));
    }
    for (var suggestion : reply.suggestions()) {
      message.addSuggestedActions(
          SuggestedAction.newBuilder().setLabel(suggestion.label()).setText(suggestion.text()));
    }
    return message.build();
  }
}
