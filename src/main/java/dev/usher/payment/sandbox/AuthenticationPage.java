package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.Api.Request;
import dev.usher.payment.sandbox.Api.Response;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Status;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * The page of 3-D Secure, which at a real card's issuer would ask for a password: here two buttons.
 * Who knows the payment's id may press them, as with a real redirect address. Afterwards the buyer
 * is sent to the payment's {@code return_url} with {@code payment_intent} and {@code
 * redirect_status}, as Stripe does.
 */
final class AuthenticationPage {
  static final String PATH = "/3d-secure/";

  private static final String BUTTONS =
      """
      <form method="post">
        <button name="answer" value="approve">Approve</button>
        <button name="answer" value="fail">Fail</button>
      </form>
      """;

  private final Ledger ledger;
  private final BiFunction<String, Boolean, CompletionStage<Ledger.Answer>> authenticate;

  /**
   * @param authenticate by the payment's id: true approves, false fails
   */
  AuthenticationPage(
      Ledger ledger, BiFunction<String, Boolean, CompletionStage<Ledger.Answer>> authenticate) {
    this.ledger = ledger;
    this.authenticate = authenticate;
  }

  CompletionStage<Response> handle(Request request) {
    var id = request.path().substring(PATH.length());
    if (!request.isPost()) {
      return ledger.read(books -> books.intent(id)).thenApply(AuthenticationPage::show);
    }
    var answer = Params.parse(request.form()).find("answer").orElse("");
    boolean approved = answer.equals("approve");
    if (!approved && !answer.equals("fail")) {
      throw new Params.Refused(ApiError.parameter("answer", "Must be approve or fail."));
    }
    return authenticate
        .apply(id, approved)
        .thenCompose(done -> ledger.read(books -> books.intent(id)))
        .thenApply(AuthenticationPage::sendOn);
  }

  private static Response show(Optional<Intent> found) {
    if (found.isEmpty()) {
      return Response.page(404, html("There is no such payment.", ""));
    }
    var intent = found.get();
    return intent.status() == Status.REQUIRES_ACTION
        ? Response.page(200, html("Pay " + amount(intent) + "?", BUTTONS))
        : Response.page(409, html("This payment does not wait for you. " + told(intent), ""));
  }

  private static Response sendOn(Optional<Intent> found) {
    if (found.isEmpty()) {
      return Response.page(404, html("There is no such payment.", ""));
    }
    var intent = found.get();
    var back = intent.returnUrl();
    if (back == null || !isWeb(back)) {
      return Response.page(200, html(told(intent), ""));
    }
    boolean failed = intent.status() == Status.REQUIRES_PAYMENT_METHOD;
    return Response.redirect(
        back
            + (back.contains("?") ? "&" : "?")
            + "payment_intent="
            + intent.id()
            + "&redirect_status="
            + (failed ? "failed" : "succeeded"));
  }

  private static boolean isWeb(String url) {
    try {
      var scheme = URI.create(url).getScheme();
      return scheme != null && scheme.matches("https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String told(Intent intent) {
    return switch (intent.status()) {
      case REQUIRES_CAPTURE, SUCCEEDED -> "The payment is authorized. You can close this page.";
      case REQUIRES_PAYMENT_METHOD -> "The payment was declined. You can close this page.";
      case CANCELED -> "The payment was given up. You can close this page.";
      case REQUIRES_ACTION, REQUIRES_CONFIRMATION -> "The payment is not finished.";
    };
  }

  private static String amount(Intent intent) {
    var code = intent.currency().toUpperCase(Locale.ROOT);
    return BigDecimal.valueOf(intent.amountMinor(), digits(code)).toPlainString() + " " + code;
  }

  private static int digits(String code) {
    try {
      return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 0;
    }
  }

  /** Nothing of it comes from a request. */
  private static String html(String text, String more) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>3-D Secure, payment sandbox</title>
    <h1>3-D Secure</h1>
    <p>%s</p>
    %s</html>
    """
        .formatted(text, more);
  }
}
