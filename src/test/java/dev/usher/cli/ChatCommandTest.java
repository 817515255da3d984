package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.usher.api.booking.v1.ListSeatsResponse;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.chatbot.v1.ResetConversationRequest;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.chatbot.v1.Slot;
import dev.usher.api.chatbot.v1.SuggestedAction;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {
  @TempDir Path home;
  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    node =
        FakeNode.start(
            new Answering<>(Api.SEND_MESSAGE, ChatCommandTest::answer),
            new Answering<>(Api.RESET_CONVERSATION, request -> Empty.getDefaultInstance()),
            new Answering<>(
                Api.LIST_SEATS,
                request ->
                    ListSeatsResponse.newBuilder()
                        .addSeats(
                            Seat.newBuilder()
                                .setName(request.getParent() + "/seats/A-1")
                                .setState(Seat.State.STATE_FREE)
                                .setRow("A")
                                .setNumber("1"))
                        .build()));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static SendMessageResponse answer(SendMessageRequest request) {
    return SendMessageResponse.newBuilder()
        .setConversation("conversations/c1")
        .setText("You said " + request.getText())
        .setIntent("echo")
        .setConfidence(0.5)
        .addWhy("template echo.1")
        .setConfirmationToken("token of " + request.getText())
        .addSlots(Slot.newBuilder().setName("event").setValue("events/hamlet"))
        .addSuggestedActions(SuggestedAction.newBuilder().setLabel("Yes").setText("Yes"))
        .build();
  }

  private String chat(Terminals terminals, String... options) {
    return chat("en_US.UTF-8", terminals, options);
  }

  private String chat(String lang, Terminals terminals, String... options) {
    var command = new ArrayList<>(List.of("chat"));
    command.addAll(List.of(options));
    int code =
        UsherCli.run(
            command.toArray(String[]::new),
            new Cli(
                terminals.terminal(),
                Map.of(
                    "USHER_HOME",
                    home.toString(),
                    "USHER_NODES",
                    node.address().toString(),
                    "LANG",
                    lang),
                new JumpingClock()));
    assertThat(code).as(terminals.err()).isEqualTo(ExitCode.OK);
    return terminals.out();
  }

  private List<SendMessageRequest> messages() {
    return node.received().stream()
        .filter(SendMessageRequest.class::isInstance)
        .map(SendMessageRequest.class::cast)
        .toList();
  }

  @Test
  void linesOfAPipeAreMessagesOfOneConversationAndAnswersArePlain() {
    assertThat(chat(Terminals.piped("what is on?\n\nbook it\n")))
        .isEqualTo("You said what is on?\nYou said book it\n");
    assertThat(messages())
        .extracting(SendMessageRequest::getConversation)
        .containsExactly("", "conversations/c1");
  }

  @Test
  void aYesIsToTheLastAnswer() {
    chat(Terminals.piped("two for hamlet\nyes\n"));

    assertThat(messages())
        .extracting(SendMessageRequest::getConfirmationToken)
        .containsExactly("", "token of two for hamlet");
  }

  @Test
  void aConversationGoesOnByItsName() {
    chat(Terminals.piped("yes\n"), "--conversation", "c7");

    assertThat(messages().getFirst().getConversation()).isEqualTo("conversations/c7");
  }

  @Test
  void theLanguageIsTheOneAskedForOrElseOfTheEnvironmentUnlessThatIsEnglish() {
    chat("fr_FR.UTF-8", Terminals.piped("Hallo\n"), "--language", "de-AT");
    chat("de_DE.UTF-8", Terminals.piped("Hallo\n"));
    chat("en_GB.UTF-8", Terminals.piped("Hallo\n"));
    chat("C.UTF-8", Terminals.piped("Hallo\n"));

    assertThat(messages())
        .extracting(SendMessageRequest::getLanguageCode)
        .containsExactly("de-AT", "de", "", "");
  }

  @Test
  void aResetForgetsTheConversationAndTheToken() {
    chat(Terminals.piped("two for hamlet\n/reset\nyes\n"));

    assertThat(node.received())
        .contains(
            ResetConversationRequest.newBuilder().setConversation("conversations/c1").build());
    assertThat(messages().getLast().getConfirmationToken()).isEmpty();
  }

  @Test
  void theSeatsOfTheEventThatIsTalkedAboutAreDrawn() {
    assertThat(chat(Terminals.piped("/seats\nhamlet?\n/seats\n")))
        .startsWith("You said hamlet?\n")
        .contains("1 of 1 free");
  }

  @Test
  void whyIsShownWhenAskedFor() {
    assertThat(chat(Terminals.piped("hello\n"), "--why"))
        .isEqualTo("You said hello\n  [echo 0.50; template echo.1]\n");
  }

  @Test
  void aPersonSeesSuggestionsAndHowToGoOn() {
    var terminals = Terminals.typed("hello\n/help\n");

    assertThat(chat(terminals)).contains("You said hello").contains("  Yes");
    assertThat(terminals.err())
        .contains("> ")
        .contains("/reset forgets")
        .contains("usher chat --conversation c1");
  }
}
