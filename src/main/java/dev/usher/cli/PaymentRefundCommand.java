package dev.usher.cli;

import dev.usher.api.payment.v1.CreateRefundRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "refund",
    header = "Give captured money of no booking back; a booking's comes back with `usher cancel`.")
final class PaymentRefundCommand extends PaymentChangeCommand {
  @Parameters(index = "0", paramLabel = "PAYMENT", description = "As `usher payments` names it.")
  String payment = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "For example 12.00.")
  String amount = "";

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217 (default: ${DEFAULT-VALUE}).")
  String currency = "EUR";

  PaymentRefundCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    return change(
        client,
        Api.CREATE_REFUND,
        CreateRefundRequest.newBuilder()
            .setParent(Names.of("payments", payment))
            .setAmount(amount(amount, currency))
            .setRequestId(id())
            .build());
  }
}
