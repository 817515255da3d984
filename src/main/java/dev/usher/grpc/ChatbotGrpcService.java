package dev.usher.grpc;

import com.google.protobuf.Empty;
import dev.usher.api.chatbot.v1.ChatbotServicePowerApi;
import dev.usher.api.chatbot.v1.Intent;
import dev.usher.api.chatbot.v1.ListIntentsRequest;
import dev.usher.api.chatbot.v1.ListIntentsResponse;
import dev.usher.api.chatbot.v1.ResetConversationRequest;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.chat.Chats;
import java.util.HexFormat;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.pekko.grpc.javadsl.Metadata;

/** The assistant. */
final class ChatbotGrpcService implements ChatbotServicePowerApi {
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_CONVERSATION = 64;
  private static final int LONGEST_TOKEN = 64;

  /** RFC 5646, 4.4.1. */
  private static final int LONGEST_LANGUAGE = 35;

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
            : conversation(in.getConversation(), violations);
    var paymentMethod =
        in.getPaymentMethod().isEmpty()
            ? ""
            : ResourceNames.parsePaymentMethod(in.getPaymentMethod(), "payment_method", violations);
    var token = violations.limited("confirmation_token", in.getConfirmationToken(), LONGEST_TOKEN);
    var language = languageCode(in.getLanguageCode(), violations);
    violations.check();
    return chats
        .send(
            new Chats.Turn(
                call.token(),
                call.userId(),
                conversation,
                text,
                paymentMethod,
                token,
                requestId,
                language),
            call.timeout())
        .thenApply(reply -> ChatMessages.response(conversation, reply));
  }

  /** Any language may be asked for; one that is not spoken is not answered in. */
  private static String languageCode(String code, Violations violations) {
    try {
      if (!code.isEmpty()) {
        new Locale.Builder().setLanguageTag(code);
      }
    } catch (IllformedLocaleException e) {
      violations.add("language_code", "is no BCP 47 code, such as de or de-AT");
    }
    return violations.limited("language_code", code, LONGEST_LANGUAGE);
  }

  private static String conversation(String name, Violations violations) {
    var id = ResourceNames.parse(name, "conversations", "conversation", violations);
    if (id.length() > LONGEST_CONVERSATION) {
      violations.add("conversation", "has an id of more than " + LONGEST_CONVERSATION);
    }
    return id;
  }

  @Override
  public CompletionStage<Empty> resetConversation(ResetConversationRequest in, Metadata metadata) {
    return gate.change("ResetConversation", metadata, call -> reset(in, call));
  }

  private CompletionStage<Empty> reset(ResetConversationRequest in, Call call) {
    var violations = new Violations();
    var conversation = conversation(in.getConversation(), violations);
    violations.check();
    return chats
        .reset(call.userId(), conversation, call.timeout())
        .thenApply(
            done -> {
              if (!done) {
                throw Errors.notFound(in.getConversation());
              }
              return Empty.getDefaultInstance();
            });
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
    var language = languageCode(in.getLanguageCode(), violations);
    violations.check();
    var page = INTENTS.cutFixed(chats.intents(language), window, Chats.Intent::name);
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
}
