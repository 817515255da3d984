package dev.usher.grpc;

import dev.usher.chat.Chats;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Says what it heard; a few words make it break in ways that a handler can break. */
final class TestChats implements Chats {
  @Override
  public CompletionStage<Reply> send(Turn turn, Duration timeout) {
    return switch (turn.text()) {
      case "throw" -> throw new IllegalStateException("card 4242424242424242 was rejected");
      case "fail without trailers" ->
          CompletableFuture.failedFuture(
              new CompletionException(Status.ABORTED.asRuntimeException()));
      case "fail" -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
      default ->
          CompletableFuture.completedFuture(
              new Reply(
                  turn.userId() + " said " + turn.text(),
                  "echo",
                  0.5,
                  List.of(new Slot("event", "events/hamlet", 0, 3)),
                  List.of("count"),
                  "echo-1",
                  List.of(
                      new Suggestion("Two seats", "two", "", Map.of()),
                      new Suggestion(
                          "Look", "look", "usher.x.v1.S/Look", Map.of("parent", "events/hamlet"))),
                  "",
                  turn.confirmationToken() + "!",
                  "model-1",
                  List.of("template echo-1"),
                  turn.languageCode().isEmpty() ? "en" : turn.languageCode()));
    };
  }

  @Override
  public CompletionStage<Boolean> reset(String userId, String conversationId, Duration timeout) {
    return CompletableFuture.completedFuture(!conversationId.endsWith("theirs"));
  }

  @Override
  public List<Intent> intents(String languageCode) {
    return List.of(
        new Intent("book", "Books seats", List.of("two seats for hamlet")),
        new Intent("help", "Says what it can do", List.of("help")));
  }
}
