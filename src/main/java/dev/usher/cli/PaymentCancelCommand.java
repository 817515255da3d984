package dev.usher.cli;

import dev.usher.api.payment.v1.CancelPaymentRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", header = "Give up an authorized payment of no booking.")
final class PaymentCancelCommand extends PaymentChangeCommand {
  @Parameters(paramLabel = "PAYMENT", description = "As `usher payments` names it.")
  String payment = "";

  PaymentCancelCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    return change(
        client,
        Api.CANCEL_PAYMENT,
        CancelPaymentRequest.newBuilder()
            .setName(Names.of("payments", payment))
            .setRequestId(id())
            .build());
  }
}
