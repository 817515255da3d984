package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What webhook endpoints are told, judged by Stripe's own client; its clock is the test's. */
class WebhookTest {
  private static final String WEBHOOK_SECRET = "whsec_a-secret-of-the-tests";

  private record Letter(String signature, String body) {
    Event event(Instant now) throws SignatureVerificationException {
      return Webhook.constructEvent(
          body, signature, WEBHOOK_SECRET, 300, Clock.fixed(now, ZoneOffset.UTC));
    }
  }

  @TempDir Path dir;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
  private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private HttpServer endpoint;
  private Sandbox sandbox;
  private Judge judge;

  @BeforeEach
  void open() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext("/hook", this::take);
    endpoint.start();
    start(Set.of());
  }

  private void start(Set<String> events) {
    var url = URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook");
    var webhook = new SandboxSettings.Webhook(url, WEBHOOK_SECRET, events);
    sandbox =
        Sandbox.start(
            new SandboxSettings("127.0.0.1", 0, dir, Till.SECRET, List.of(webhook)), now::get);
    judge = new Judge(sandbox);
  }

  @AfterEach
  void close() {
    sandbox.close();
    endpoint.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      letters.add(new Letter(exchange.getRequestHeaders().getFirst("Stripe-Signature"), body));
      var refusal = refusals.poll();
      exchange.sendResponseHeaders(refusal == null ? 200 : refusal, -1);
    }
  }

  private Letter letter() throws InterruptedException {
    var letter = letters.poll(30, TimeUnit.SECONDS);
    assertThat(letter).as("an event within 30 s").isNotNull();
    return letter;
  }

  private Event event() throws Exception {
    return letter().event(now.get());
  }

  /** The pauses between attempts are of the sandbox's own clock. */
  private Event eventWhileTimeGoesOn() throws Exception {
    for (int second = 0; second < 3_600; second++) {
      var letter = letters.poll(20, TimeUnit.MILLISECONDS);
      if (letter != null) {
        return letter.event(now.get());
      }
      now.set(now.get().plusSeconds(1));
    }
    throw new AssertionError("no event within an hour of the sandbox's clock");
  }

  private void fault(String name) throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/usher/faults"))
              .header("Authorization", "Bearer " + Till.SECRET)
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString("name=" + name))
              .build();
      var answer = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  private PaymentIntent authorized() throws StripeException {
    return judge.authorized("b1");
  }

  @Test
  void whatHappensToAPaymentIsToldAndSigned() throws Exception {
    var id = authorized().getId();
    var one = event();
    var other = event();
    judge.stripe.v1().paymentIntents().capture(id);
    var succeeded = event();

    // What happened at once is told at once, in any order, as by Stripe.
    assertThat(List.of(one.getType(), other.getType()))
        .containsExactlyInAnyOrder(
            "payment_intent.created", "payment_intent.amount_capturable_updated");
    assertThat(succeeded.getType()).isEqualTo("payment_intent.succeeded");
    var told = (PaymentIntent) succeeded.getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(told.getId()).isEqualTo(id);
    assertThat(told.getAmountReceived()).isEqualTo(4_200);
  }

  @Test
  void anEndpointIsToldTheEventsThatItWants() throws Exception {
    sandbox.close();
    start(Set.of("payment_intent.succeeded", "payment_intent.canceled"));

    judge.stripe.v1().paymentIntents().capture(authorized().getId());

    assertThat(event().getType()).as("the first").isEqualTo("payment_intent.succeeded");
  }

  @Test
  void aStaleOrFalseSignatureIsRefusedByStripesOwnClient() throws Exception {
    authorized();
    var letter = letter();

    assertThatThrownBy(() -> letter.event(now.get().plus(Duration.ofSeconds(301))))
        .isInstanceOf(SignatureVerificationException.class);
    assertThatThrownBy(() -> new Letter(letter.signature(), letter.body() + " ").event(now.get()))
        .isInstanceOf(SignatureVerificationException.class);
  }

  @Test
  void anEndpointThatFailsIsToldAgainLaterWithTheSameEventId() throws Exception {
    refusals.addAll(List.of(500, 404, 503));
    authorized();
    var ids = new ArrayList<String>();
    for (int i = 0; i < 2 + 3; i++) {
      ids.add(eventWhileTimeGoesOn().getId());
    }

    assertThat(ids.stream().distinct()).hasSize(2);
  }

  @Test
  void whatWasNotTakenBeforeARestartIsToldAfterIt() throws Exception {
    refusals.addAll(List.of(500, 500));
    authorized();
    var before = List.of(event().getId(), event().getId());
    sandbox.close();
    start(Set.of());

    assertThat(List.of(event().getId(), event().getId()))
        .containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void aLateWebhookComesLate() throws Exception {
    fault("webhook-late&millis=60000");
    authorized();
    now.set(now.get().plusSeconds(59));
    judge.stripe.v1().paymentIntents().list();
    assertThat(letters).isEmpty();
    now.set(now.get().plusSeconds(1));

    // Both at once: which of them arrives first is anybody's guess.
    assertThat(List.of(event().getType(), event().getType()))
        .containsExactlyInAnyOrder(
            "payment_intent.created", "payment_intent.amount_capturable_updated");
  }

  @Test
  void aDoubleWebhookComesTwiceWithTheSameEventId() throws Exception {
    fault("webhook-twice&times=1");
    authorized();
    var ids = List.of(event().getId(), event().getId(), event().getId());

    assertThat(ids.stream().distinct()).hasSize(2);
  }

  @Test
  void reorderedWebhooksComeTheWrongWayRound() throws Exception {
    fault("webhook-reordered");
    authorized();
    var first = event().getType();
    now.set(now.get().plusSeconds(3));
    var second = event().getType();

    assertThat(List.of(first, second))
        .containsExactly("payment_intent.amount_capturable_updated", "payment_intent.created");
  }
}
