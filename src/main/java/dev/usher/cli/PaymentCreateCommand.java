package dev.usher.cli;

import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.Payment;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    header = "Authorize a payment that belongs to no booking; capture or cancel it later.",
    footer = {"", "Example:", "  usher payment create 45.00 --test-card ok"})
final class PaymentCreateCommand extends PaymentChangeCommand {
  @Parameters(paramLabel = "AMOUNT", description = "For example 45.00.")
  String amount = "";

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217 (default: ${DEFAULT-VALUE}).")
  String currency = "EUR";

  @Mixin PaymentOptions payment = new PaymentOptions();

  PaymentCreateCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var wanted = Payment.newBuilder().setAmount(amount(amount, currency));
    return change(
        client,
        Api.CREATE_PAYMENT,
        CreatePaymentRequest.newBuilder()
            .setPayment(wanted)
            .setPaymentMethod(payment.resolve(cli, client, id()))
            .setRequestId(id())
            .build());
  }
}
