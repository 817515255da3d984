package dev.usher.payment.stripe;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.MethodCreated;
import dev.usher.payment.PaymentProvider.MethodOutcome;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.sandbox.Till;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client makes of a provider's trouble: a server that says what the test wants. */
class TroubleTest {
  private static final String AUTHORIZED = "{\"id\":\"pi_1\",\"status\":\"requires_capture\"}";

  private static final String METHOD =
      "{\"id\":\"pm_1\",\"card\":{\"brand\":\"visa\",\"last4\":\"4242\"}}";
  private static final String CUSTOMER = "{\"id\":\"cus_1\"}";

  private record Answer(int status, String body, boolean replayed) {}

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> keys = new ConcurrentLinkedQueue<>();
  private final Queue<String> paths = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private StripeProvider provider;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var retries = List.of(Duration.ofMillis(1), Duration.ofMillis(1));
    provider =
        new StripeProvider(
            new StripeSettings(url, Till.SECRET, Till.RETURN_URL, Duration.ofSeconds(30), retries));
  }

  @AfterEach
  void close() {
    provider.close();
    server.stop(0);
  }

  /** Without an answer left it hangs up. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      paths.add(exchange.getRequestURI().toString());
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      var answer = answers.poll();
      if (answer != null) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.replayed()) {
          exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void willAnswer(int status, String body) {
    answers.add(new Answer(status, body, false));
  }

  private void willRepeatAnError() {
    answers.add(new Answer(500, error("api_error", "x"), true));
  }

  private static String intent(String id, String attempt) {
    return "{\"id\":\"%s\",\"status\":\"requires_capture\",\"metadata\":{\"booking_id\":\"b1\",\"attempt\":\"%s\"}}"
        .formatted(id, attempt);
  }

  private static String list(boolean more, String intent) {
    return "{\"has_more\":%s,\"data\":[%s]}".formatted(more, intent);
  }

  private AuthorizeOutcome authorizeWithACustomersCard() {
    return await(provider.authorize(Till.authorization("b1", 1, "pm_1.cus_1")));
  }

  private static String error(String type, String code) {
    return "{\"error\":{\"type\":\"%s\",\"code\":\"%s\",\"message\":\"m\"}}".formatted(type, code);
  }

  private AuthorizeOutcome authorize() {
    return await(provider.authorize(Till.authorization("b1", 1, "pm_1")));
  }

  private MethodOutcome createMethod(String key) {
    return await(provider.createPaymentMethod(Till.card(Till.GOOD_CARD), "ann", key));
  }

  private SettleOutcome capture() {
    return await(provider.capture("pi_1", "b1"));
  }

  @Test
  void aServerErrorIsUnansweredAndNotRepeated() {
    willAnswer(500, error("api_error", "x"));
    willAnswer(200, AUTHORIZED);

    assertThat(authorize()).isInstanceOf(Unanswered.class);
    assertThat(keys).containsExactly("b1/authorize/1");
  }

  @Test
  void anAttemptWhoseErrorIsRepeatedIsFoundAmongThePaymentsOfItsCard() {
    willRepeatAnError();
    willAnswer(200, list(true, intent("pi_3", "2")));
    willAnswer(200, list(false, intent("pi_2", "1")));

    assertThat(authorizeWithACustomersCard()).isEqualTo(new Authorized("pi_2"));
    assertThat(paths)
        .containsExactly(
            "/v1/payment_intents",
            "/v1/payment_intents?limit=100&expand%5B%5D=data.latest_charge&customer=cus_1",
            "/v1/payment_intents?limit=100&expand%5B%5D=data.latest_charge&starting_after=pi_3&customer=cus_1");
  }

  @Test
  void anAttemptWhoseErrorIsRepeatedAndThatCannotBeLookedForIsUnanswered() {
    willRepeatAnError();
    willAnswer(503, "");

    assertThat(authorizeWithACustomersCard()).isInstanceOf(Unanswered.class);
  }

  @Test
  void aKeyInUseIsAskedAgainWithTheSameKey() {
    willAnswer(409, error("idempotency_error", "idempotency_key_in_use"));
    willAnswer(429, error("api_error", "rate_limit"));
    willAnswer(200, AUTHORIZED);

    assertThat(authorize()).isEqualTo(new Authorized("pi_1"));
    assertThat(keys).containsOnly("b1/authorize/1").hasSize(3);
  }

  @Test
  void aKeyThatStaysInUseIsUnanswered() {
    for (int i = 0; i < 3; i++) {
      willAnswer(409, error("idempotency_error", "idempotency_key_in_use"));
    }

    assertThat(authorize()).isInstanceOf(Unanswered.class);
    assertThat(keys).hasSize(3);
  }

  @Test
  void aBrokenConnectionIsUnansweredAfterItsRepetitions() {
    assertThat(authorize()).isInstanceOf(Unanswered.class);
    assertThat(keys).containsOnly("b1/authorize/1").hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void anAnswerThatIsNoJsonIsUnanswered() {
    willAnswer(200, "<html>proxy</html>");

    assertThat(authorize()).isInstanceOf(Unanswered.class);
  }

  @Test
  void aWrongSecretIsNoDecline() {
    willAnswer(401, error("invalid_request_error", "api_key_invalid"));

    assertThat(authorize())
        .isEqualTo(new Unanswered("the payment provider refused with HTTP 401 api_key_invalid"));
  }

  @Test
  void aCardErrorIsADeclineWithTheDeepestCode() {
    willAnswer(
        402,
        "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\","
            + "\"decline_code\":\"lost_card\",\"message\":\"no\"}}");

    assertThat(authorize()).isEqualTo(new Declined("lost_card", "no"));
  }

  @Test
  void aRefusedCaptureOfACapturedPaymentIsSettled() {
    willAnswer(400, error("invalid_request_error", "payment_intent_unexpected_state"));
    willAnswer(200, "{\"id\":\"pi_1\",\"status\":\"succeeded\",\"amount_received\":5}");

    assertThat(capture()).isInstanceOf(Settled.class);
  }

  @Test
  void aRefusedCaptureOfAVoidedPaymentIsImpossible() {
    willAnswer(400, error("invalid_request_error", "payment_intent_unexpected_state"));
    willAnswer(200, "{\"id\":\"pi_1\",\"status\":\"canceled\"}");

    assertThat(capture()).isEqualTo(new Impossible("payment_intent_unexpected_state", "m"));
  }

  @Test
  void aRefusedCaptureThatCannotBeLookedUpIsUnanswered() {
    willAnswer(400, error("invalid_request_error", "payment_intent_unexpected_state"));
    willAnswer(503, "");

    assertThat(capture()).isInstanceOf(Unanswered.class);
  }

  @Test
  void anIdempotencyKeyThatFitsInNoHeaderIsRepresentedByItsDigest() {
    willAnswer(200, METHOD);
    willAnswer(200, CUSTOMER);
    assertThat(createMethod("ann/\r\nX-Evil: 1/ü")).isInstanceOf(MethodCreated.class);

    assertThat(keys)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[0-9a-f]{64}"));
  }

  /** Asked again, both steps are the same steps. */
  @Test
  void aCardWhoseOwnerCouldNotBeToldIsUnanswered() {
    willAnswer(200, METHOD);
    willAnswer(500, "");
    assertThat(createMethod("k")).isInstanceOf(Unanswered.class);
    willAnswer(200, METHOD);
    willAnswer(200, CUSTOMER);
    assertThat(createMethod("k")).isEqualTo(new MethodCreated("pm_1.cus_1", "visa", "4242"));

    assertThat(keys).containsExactly("k", "k/customer", "k", "k/customer");
  }

  /** The real service asks the card's issuer when a card gets an owner. */
  @Test
  void aCardThatIsDeclinedToItsOwnerIsDeclined() {
    willAnswer(200, METHOD);
    willAnswer(402, error("card_error", "card_declined"));

    assertThat(createMethod("k")).isEqualTo(new Declined("card_declined", "m"));
  }

  @Test
  void aDeletionThatIsNotAnsweredIsUnanswered() {
    willAnswer(500, "");
    assertThat(await(provider.deletePaymentMethod("pm_1.cus_1"))).isInstanceOf(Unanswered.class);
    willAnswer(401, error("invalid_request_error", "api_key_invalid"));
    assertThat(await(provider.deletePaymentMethod("pm_1.cus_1"))).isInstanceOf(Unanswered.class);
  }
}
