package dev.usher.cli;

import dev.usher.api.payment.v1.DeletePaymentMethodRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    header = "Delete one of your cards, here and at the payment provider.",
    description = {"", "What was paid with it stays paid, and can be refunded as ever."},
    footer = {"", "Example:", "  usher payment-method delete pm_1N8…"})
final class PaymentMethodDeleteCommand extends ApiCommand {
  @Parameters(paramLabel = "NAME", description = "As `usher payment-methods` names it.")
  String typed = "";

  @Mixin final RequestId requestId = new RequestId();

  PaymentMethodDeleteCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String name = Names.of("paymentMethods", typed);
    String id = requestId.id();
    var request = DeletePaymentMethodRequest.newBuilder().setName(name).setRequestId(id).build();
    var gone = Repeatable.call(cli, client, Api.DELETE_PAYMENT_METHOD, request, id);
    return print(gone, () -> "deleted: " + name);
  }
}
