package dev.usher.cli;

import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.chatbot.v1.SuggestedAction;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Json;
import dev.usher.cli.term.Terminal.Style;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "chat",
    header = "Talk with the assistant: events, seats, prices, your bookings.",
    description = {
      "",
      "It answers from live data and books with your own session, only after you said yes to what"
          + " it read back; for booking, give a card. One line is one message; a script pipes lines"
          + " in. An empty line or the end of input ends the conversation.",
    },
    footer = {
      "",
      "Examples:",
      "  usher chat --test-card ok",
      "  printf 'what is on?\\nis there anything free at hamlet?\\n' | usher chat"
    })
final class ChatCommand extends ApiCommand {
  @Mixin final PaymentOptions payment = new PaymentOptions();

  ChatCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String paymentMethod = payment.given() ? payment.resolve(cli, client) : "";
    String conversation = "";
    int worst = ExitCode.OK;
    if (cli.terminal().inputInteractive()) {
      cli.terminal().err().println("Ask away; an empty line ends. For example: what is on?");
    }
    while (true) {
      Optional<String> line = next();
      if (line.isEmpty()) {
        return worst;
      }
      try {
        var answer =
            client.call(Api.SEND_MESSAGE, message(conversation, line.get(), paymentMethod));
        conversation = answer.getConversation();
        show(answer);
      } catch (CallFailedException e) {
        // One message that failed does not end a person's conversation; a script's, it does.
        var explanation = Explanation.of(e);
        if (!cli.terminal().inputInteractive()) {
          throw e;
        }
        cli.terminal().err().print(explanation.text());
        worst = explanation.exitCode();
      }
    }
  }

  private Optional<String> next() {
    return cli.terminal().inputInteractive()
        ? cli.terminal().ask("> ")
        : cli.terminal().readLine().map(String::strip).filter(line -> !line.isEmpty());
  }

  private static SendMessageRequest message(
      String conversation, String text, String paymentMethod) {
    return SendMessageRequest.newBuilder()
        .setConversation(conversation)
        .setText(text)
        .setRequestId(newRequestId())
        .setPaymentMethod(paymentMethod)
        .build();
  }

  private void show(SendMessageResponse answer) {
    var out = cli.terminal().out();
    if (common.json()) {
      out.println(Json.of(answer));
      return;
    }
    out.println(answer.getText());
    if (cli.terminal().outputInteractive() && answer.getSuggestedActionsCount() > 0) {
      var suggested =
          answer.getSuggestedActionsList().stream().map(SuggestedAction::getText).toList();
      out.println(cli.terminal().styled(Style.FAINT, "  " + String.join(" · ", suggested)));
    }
  }
}
