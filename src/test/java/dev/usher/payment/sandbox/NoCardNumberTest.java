package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.usher.payment.CardNumbers;
import dev.usher.payment.PaymentProvider.Card;
import dev.usher.payment.PaymentProvider.MethodCreated;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Every test card goes every way, good and bad, with all of our logging switched on; then all that
 * was written, answered, told or logged is searched for card numbers and secrets.
 */
class NoCardNumberTest {
  private static final String WEBHOOK_SECRET = "whsec_a-secret-of-the-tests";
  private static final String CVC = "987";

  /** The test cards, and a number that is nobody's test card. */
  private static final List<String> NUMBERS =
      Stream.concat(CardNumbers.ALL.stream(), Stream.of("4012888888881881")).toList();

  @TempDir Path dir;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.usher");
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private HttpServer endpoint;
  private Level levelBefore;

  @BeforeEach
  void listen() throws IOException {
    levelBefore = ours.getLevel();
    ours.setLevel(Level.TRACE);
    logged.start();
    ours.addAppender(logged);
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    endpoint.start();
  }

  @AfterEach
  void stopListening() {
    ours.detachAppender(logged);
    ours.setLevel(levelBefore);
    endpoint.stop(0);
  }

  private SandboxSettings settings() {
    var url = URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/");
    var webhook = new SandboxSettings.Webhook(url, WEBHOOK_SECRET);
    return new SandboxSettings("127.0.0.1", 0, dir, Till.SECRET, List.of(webhook));
  }

  private static Card card(String number) {
    return new Card(number, 12, 2099, CVC);
  }

  private void pay(Till till, String number) throws Exception {
    seen.add(card(number).toString());
    var method =
        await(till.provider.createPaymentMethod(card(number), "ann", "card/" + seen.size()));
    seen.add(method.toString());
    if (method instanceof MethodCreated(var id, var brand, var last4)) {
      seen.add(till.authorize("b" + seen.size(), 1, id).toString());
      seen.add(till.authorize("b" + seen.size(), 1, id).toString());
    }
    // By hand, and wrong: in the wrong parameter, as an id, unencoded, with a fault on.
    seen.add(till.post("/v1/payment_methods", "", "type", "card", "number", number).body());
    seen.add(till.post("/v1/payment_intents", "", "amount", number, "currency", number).body());
    seen.add(
        till.post(
                "/v1/payment_methods",
                "",
                "type",
                "card",
                "card[number]",
                number,
                "card[exp_month]",
                number)
            .body());
    seen.add(till.post("/usher/faults", "", "name", number).body());
    till.post("/usher/faults", "", "name", "error-500-once");
    seen.add(till.post("/v1/payment_methods", "", "type", "card", "card[number]", number).body());
  }

  private List<String> everything() throws IOException {
    var all = new ArrayList<>(seen);
    for (var event : List.copyOf(logged.list)) {
      all.add(event.getFormattedMessage());
      var thrown = event.getThrowableProxy();
      if (thrown != null) {
        all.add(ThrowableProxyUtil.asString(thrown));
      }
    }
    try (var files = Files.walk(dir)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.add(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  @Test
  void noCardNumberAndNoSecretIsKeptAnsweredToldOrLogged() throws Exception {
    var settings = settings();
    seen.add(settings.toString());
    seen.add(settings.webhooks().toString());
    try (var till = Till.of(Sandbox.start(settings, InstantSource.system()))) {
      for (var number : NUMBERS) {
        pay(till, number);
      }
      seen.add(till.get("/v1/payment_intents?limit=100").body());
    }
    // What our client says when nobody is there any more.
    var nobody = StripeSettings.of(URI.create("http://127.0.0.1:1"), Till.SECRET, Till.RETURN_URL);
    seen.add(nobody.toString());
    try (var client = new StripeProvider(nobody)) {
      seen.add(await(client.createPaymentMethod(card(NUMBERS.getFirst()), "ann", "k")).toString());
    }
    var everything = everything();

    assertThat(everything).as("something was looked at").hasSizeGreaterThan(NUMBERS.size() * 6);
    assertThat(everything)
        .allSatisfy(
            text ->
                assertThat(text.replaceAll("[ -]", ""))
                    .satisfies(digits -> assertThat(CardNumbers.in(text)).isEmpty())
                    .doesNotContain(NUMBERS)
                    .doesNotContain("\"" + CVC + "\"")
                    .doesNotContain(Till.SECRET.replace("-", ""))
                    .doesNotContain(WEBHOOK_SECRET.replace("-", "")));
  }
}
