package dev.usher.cli;

import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.PaymentMethods;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a booking is paid. */
final class PaymentOptions {
  @ArgGroup(exclusive = true, multiplicity = "0..1")
  Choice choice = new Choice();

  /** One of them. */
  static final class Choice {
    @Option(
        names = "--payment-method",
        paramLabel = "NAME",
        description = "A card that you have: one of `usher payment-methods`.",
        order = 20)
    Optional<String> paymentMethod = Optional.empty();

    @Option(
        names = "--card",
        description =
            "Ask for a card: its number, month/year and CVC, on the terminal or from three lines"
                + " of standard input; never on the command line, where others could read it.",
        order = 21)
    boolean card;

    @Option(
        names = "--test-card",
        paramLabel = "CARD",
        converter = TestCardConverter.class,
        description =
            "A card of the payment sandbox, made when you don't have it yet:"
                + " ${COMPLETION-CANDIDATES}.",
        order = 22)
    Optional<TestCard> testCard = Optional.empty();
  }

  /** Reads {@code wrong-cvc} as it is printed. */
  static final class TestCardConverter implements CommandLine.ITypeConverter<TestCard> {
    @Override
    public TestCard convert(String typed) {
      return Arrays.stream(TestCard.values())
          .filter(card -> card.toString().equalsIgnoreCase(typed.replace('_', '-')))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "'"
                          + typed
                          + "' is none of "
                          + Arrays.stream(TestCard.values())
                              .map(TestCard::toString)
                              .collect(Collectors.joining(", "))));
    }
  }

  boolean given() {
    return choice.paymentMethod.isPresent() || choice.card || choice.testCard.isPresent();
  }

  /**
   * The payment method's name; it is made from the card when one was given.
   *
   * @param requestId the command's: whoever repeats it types the card again, and means the same one
   */
  String resolve(Cli cli, UsherClient client, String requestId) {
    if (choice.paymentMethod.isPresent()) {
      return Names.of("paymentMethods", choice.paymentMethod.get());
    }
    if (choice.testCard.isPresent()) {
      return take(client, choice.testCard.get(), requestId);
    }
    if (choice.card) {
      return create(client, ask(cli), requestId);
    }
    throw new CliException(
        ExitCode.USAGE,
        "how do you pay? --card asks for a card, --test-card ok takes one of the sandbox,"
            + " --payment-method names one that you made before");
  }

  /**
   * The one that the account has already, else a new one: an account may have a few only. Not so a
   * card that was typed: what is kept of a real card does not tell which it is.
   */
  private static String take(UsherClient client, TestCard card, String requestId) {
    return PaymentMethods.of(client).stream()
        .filter(card::matches)
        .findFirst()
        .map(PaymentMethod::getName)
        .orElseGet(() -> create(client, card.card(), requestId));
  }

  private static String create(UsherClient client, Card card, String requestId) {
    return client
        .call(
            Api.CREATE_PAYMENT_METHOD,
            CreatePaymentMethodRequest.newBuilder().setCard(card).setRequestId(requestId).build())
        .getName();
  }

  private static Card ask(Cli cli) {
    String number = secret(cli, "Card number: ");
    String[] expiry = line(cli, "Expires (month/year): ").split("/", -1);
    String cvc = secret(cli, "CVC: ");
    try {
      int year = Integer.parseInt(expiry[1].strip());
      return Card.newBuilder()
          .setNumber(number)
          .setExpMonth(Integer.parseInt(expiry[0].strip()))
          .setExpYear(year < 100 ? 2000 + year : year)
          .setCvc(cvc)
          .build();
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new CliException(ExitCode.USAGE, "a card expires as in 12/2030");
    }
  }

  private static String secret(Cli cli, String question) {
    return cli.terminal()
        .askSecret(question)
        .or(() -> cli.terminal().inputInteractive() ? Optional.empty() : cli.terminal().readLine())
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "no card was given"));
  }

  private static String line(Cli cli, String question) {
    return cli.terminal()
        .ask(question)
        .or(() -> cli.terminal().inputInteractive() ? Optional.empty() : cli.terminal().readLine())
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "no card was given"));
  }
}
