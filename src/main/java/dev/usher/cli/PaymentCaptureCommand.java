package dev.usher.cli;

import dev.usher.api.payment.v1.CapturePaymentRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "capture", header = "Capture an authorized payment of no booking, or a part of it.")
final class PaymentCaptureCommand extends PaymentChangeCommand {
  @Parameters(paramLabel = "PAYMENT", description = "As `usher payments` names it.")
  String payment = "";

  @Option(
      names = "--amount",
      paramLabel = "AMOUNT",
      description = "Only a part, for example 30.00; the rest is given up.")
  Optional<String> amount = Optional.empty();

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217 (default: ${DEFAULT-VALUE}).")
  String currency = "EUR";

  PaymentCaptureCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var request =
        CapturePaymentRequest.newBuilder()
            .setName(Names.of("payments", payment))
            .setRequestId(id());
    amount.ifPresent(part -> request.setAmount(amount(part, currency)));
    return change(client, Api.CAPTURE_PAYMENT, request.build());
  }
}
