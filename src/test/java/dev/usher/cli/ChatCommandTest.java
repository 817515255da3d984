package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {
  @TempDir Path home;

  @Test
  void linesOfAPipeAreMessagesOfOneConversation() throws IOException {
    try (var node =
        FakeNode.start(
            new Answering<>(
                Api.SEND_MESSAGE,
                request ->
                    SendMessageResponse.newBuilder()
                        .setConversation("conversations/c1")
                        .setText("You said " + request.getText())
                        .build()))) {
      var terminals = Terminals.piped("what is on?\nbook it\n\nnot sent\n");
      int code =
          UsherCli.run(
              new String[] {"chat"},
              new Cli(
                  terminals.terminal(),
                  Map.of("USHER_HOME", home.toString(), "USHER_NODES", node.address().toString()),
                  new JumpingClock()));
      assertThat(code).as(terminals.err()).isEqualTo(ExitCode.OK);
      assertThat(terminals.out()).isEqualTo("You said what is on?\nYou said book it\n");
      assertThat(
              node.received().stream()
                  .map(m -> ((SendMessageRequest) m).getConversation())
                  .distinct())
          .containsExactly("", "conversations/c1");
    }
  }
}
