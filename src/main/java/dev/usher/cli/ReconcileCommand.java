package dev.usher.cli;

import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reconcile",
    header = "Compare payments, bookings and seats; for finance and operators.",
    description = {
      "",
      "Reads the provider's ledger, every booking and every seat, and tells what is not as promised"
          + " (G1 to G9 and G11 of a booking). What is still under way is no difference. Changes"
          + " nothing without --repair.",
      "",
      "Exit code 0: no difference; 3: there are some."
    })
final class ReconcileCommand extends ApiCommand {
  @Option(
      names = "--repair",
      description = "Give up authorizations that no booking will use, and look again.")
  boolean repair;

  ReconcileCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var report =
        client.call(
            Api.RECONCILE_PAYMENTS,
            ReconcilePaymentsRequest.newBuilder().setRepair(repair).build());
    print(report, () -> text(report));
    return report.getDifferencesCount() == 0 ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static String text(ReconcilePaymentsResponse report) {
    var text =
        new StringBuilder(
            "%d payments, %d bookings, %d booked seats; under way: %d debts, %d sagas%n"
                .formatted(
                    report.getPaymentCount(),
                    report.getBookingCount(),
                    report.getBookedSeatCount(),
                    report.getDebtCount(),
                    report.getOpenSagaCount()));
    for (var found : report.getDifferencesList()) {
      text.append(
          "%s%n  %s%n  %s%n"
              .formatted(found.getName(), found.getMeaning(), found.getDescription()));
    }
    return text.append(
            report.getDifferencesCount() == 0
                ? "No differences."
                : report.getDifferencesCount() + " differences.")
        .toString();
  }
}
