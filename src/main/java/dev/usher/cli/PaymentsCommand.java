package dev.usher.cli;

import dev.usher.api.payment.v1.ListPaymentsRequest;
import dev.usher.api.payment.v1.ListPaymentsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Pages;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "payments", header = "List your payments, newest first; finance: everybody's.")
final class PaymentsCommand extends ApiCommand {
  @Option(names = "--all", description = "Everybody's; for the role finance.")
  boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int limit = 100;

  PaymentsCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var user = all ? "users/-" : "users/me";
    List<Payment> payments =
        Pages.first(
            limit,
            page ->
                client.call(
                    Api.LIST_PAYMENTS,
                    ListPaymentsRequest.newBuilder().setUser(user).setPageToken(page).build()),
            ListPaymentsResponse::getPaymentsList,
            ListPaymentsResponse::getNextPageToken);
    return print(payments, () -> text(payments));
  }

  private static String text(List<Payment> payments) {
    if (payments.isEmpty()) {
      return "No payments.";
    }
    var table = Table.of("PAYMENT", "BOOKING", "AMOUNT", "CAPTURED", "REFUNDED", "MADE", "STATE");
    for (Payment payment : payments) {
      table.row(
          payment.getName(),
          payment.getBooking().isEmpty() ? "-" : payment.getBooking(),
          Amounts.text(payment.getAmount()),
          Amounts.text(payment.getCaptured()),
          Amounts.text(payment.getRefunded()),
          Times.text(payment.getCreateTime()),
          state(payment));
    }
    return table.render();
  }

  private static String state(Payment payment) {
    var word = Words.of(payment.getState());
    return payment.getDeclineCode().isEmpty() ? word : word + ": " + payment.getDeclineCode();
  }
}
