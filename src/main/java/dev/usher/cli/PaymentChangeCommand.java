package dev.usher.cli;

import com.google.protobuf.Message;
import com.google.type.Money;
import dev.usher.api.payment.v1.Payment;
import dev.usher.cli.client.Rpc;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import picocli.CommandLine.Mixin;

/** A command that moves the money of a payment; repeating it with its id moves nothing twice. */
abstract class PaymentChangeCommand extends ApiCommand {
  @Mixin final RequestId requestId = new RequestId();

  PaymentChangeCommand(Cli cli) {
    super(cli);
  }

  String id() {
    return requestId.id();
  }

  <Q extends Message> int change(UsherClient client, Rpc<Q, Payment> rpc, Q request) {
    Payment payment = Repeatable.call(cli, client, rpc, request, id());
    return print(payment, () -> text(payment));
  }

  private static String text(Payment payment) {
    var line =
        "%s: %s, %s, captured %s, refunded %s"
            .formatted(
                Words.of(payment.getState()),
                payment.getName(),
                Amounts.text(payment.getAmount()),
                Amounts.text(payment.getCaptured()),
                Amounts.text(payment.getRefunded()));
    return payment.getNextActionUri().isEmpty()
        ? line
        : line + "\n→ the card's owner authenticates at " + payment.getNextActionUri();
  }

  static Money amount(String typed, String currency) {
    try {
      return Amounts.parse(typed, currency);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
