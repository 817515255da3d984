package dev.usher.cli;

import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.cli.client.PaymentMethods;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Table;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "payment-methods",
    header = "List your cards; their names are for --payment-method.",
    footer = {"", "To get rid of one: usher payment-method delete NAME"})
final class PaymentMethodsCommand extends ApiCommand {
  PaymentMethodsCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var methods = PaymentMethods.of(client);
    return print(methods, () -> text(methods));
  }

  private static String text(List<PaymentMethod> methods) {
    if (methods.isEmpty()) {
      return "No payment methods.";
    }
    var table = Table.of("PAYMENT METHOD", "BRAND", "LAST 4", "EXPIRES");
    for (PaymentMethod method : methods) {
      table.row(method.getName(), method.getBrand(), method.getLast4(), expiry(method));
    }
    return table.render();
  }

  private static String expiry(PaymentMethod method) {
    return method.getExpMonth() == 0
        ? "-"
        : "%02d/%d".formatted(method.getExpMonth(), method.getExpYear());
  }
}
