package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our client sees of the named faults, and what was done in truth. Pauses are the test's. */
class FaultsTest {
  @TempDir Path dir;
  private final AtomicReference<Duration> paused = new AtomicReference<>(Duration.ZERO);
  private final CompletableFuture<Boolean> pauseOver = new CompletableFuture<>();
  private Till till;
  private StripeProvider impatient;

  @BeforeEach
  void open() {
    till =
        Till.of(
            Sandbox.start(
                Till.settings(dir, 0),
                InstantSource.system(),
                time -> {
                  paused.set(time);
                  return pauseOver;
                }));
    impatient =
        new StripeProvider(
            new StripeSettings(
                URI.create(till.sandbox.baseUrl()),
                Till.SECRET,
                Till.RETURN_URL,
                Duration.ofMillis(500),
                List.of()));
  }

  @AfterEach
  void close() {
    pauseOver.complete(true);
    impatient.close();
    till.close();
  }

  private void fault(String... form) throws Exception {
    assertThat(till.post("/usher/faults", "", form).statusCode()).isEqualTo(200);
  }

  @Test
  void aTimeoutBeforeLeavesNothingDone() throws Exception {
    var method = till.method();
    fault("name", "timeout-before", "on", "authorize");
    var lost = await(impatient.authorize(Till.authorization("b1", 1, method)));

    assertThat(lost).isInstanceOf(Unanswered.class);
    assertThat(Till.found(till.provider.findByBooking("b1"))).isEmpty();
    assertThat(till.authorize("b1", 1, method)).isInstanceOf(Authorized.class);
  }

  @Test
  void aTimeoutAfterLeavesItDoneAndTheNextRequestFindsIt() throws Exception {
    var method = till.method();
    fault("name", "timeout-after", "on", "authorize");
    var lost = await(impatient.authorize(Till.authorization("b1", 1, method)));
    var found = Till.found(till.provider.findByBooking("b1"));

    assertThat(lost).isInstanceOf(Unanswered.class);
    assertThat(found).singleElement().extracting("state").isEqualTo(PaymentState.AUTHORIZED);
    assertThat(till.authorize("b1", 1, method))
        .isEqualTo(new Authorized(found.getFirst().paymentId()));
  }

  @Test
  void anErrorComesOnceAndDoesNothing() throws Exception {
    var id = till.authorized("b1");
    fault("name", "error-500-once");

    assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Unanswered.class);
    assertThat(till.payment(id).state()).isEqualTo(PaymentState.AUTHORIZED);
    assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Settled.class);
  }

  @Test
  void aSlowAnswerIsAnAnswer() throws Exception {
    var id = till.authorized("b1");
    fault("name", "slow", "millis", "1234");
    var captured = till.provider.capture(id, "b1").toCompletableFuture();
    assertThat(till.payment(id)).as("queries are not slow").isNotNull();
    assertThat(captured).isNotDone();
    pauseOver.complete(true);

    assertThat(await(captured)).isInstanceOf(Settled.class);
    assertThat(paused).hasValue(Duration.ofMillis(1234));
  }

  @Test
  void aSandboxThatIsDownAnswersNothingUntilItIsUp() throws Exception {
    var id = till.authorized("b1");
    fault("name", "down");
    for (int i = 0; i < 2; i++) {
      assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Unanswered.class);
      assertThat(till.get("/v1/payment_intents/" + id).statusCode()).isEqualTo(503);
    }
    assertThat(till.get("/health").statusCode()).isEqualTo(200);
    fault("name", "none");

    assertThat(till.payment(id).state()).isEqualTo(PaymentState.AUTHORIZED);
    assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Settled.class);
  }

  @Test
  void aFaultStrikesAsOftenAsItIsToldAndOnlyWhatItIsAimedAt() throws Exception {
    fault("name", "error-500-once", "on", "refund,cancel", "times", "2");
    var id = till.authorized("b1");

    assertThat(await(till.provider.voidAuthorization(id, "b1"))).isInstanceOf(Unanswered.class);
    assertThat(await(till.provider.voidAuthorization(id, "b1"))).isInstanceOf(Unanswered.class);
    assertThat(await(till.provider.voidAuthorization(id, "b1"))).isInstanceOf(Settled.class);
    assertThat(till.get("/usher/faults").body()).isEqualTo("[]");
  }

  @Test
  void faultsAreForTheHolderOfTheSecretKey() throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(URI.create(till.sandbox.baseUrl() + "/usher/faults"))
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString("name=down"))
              .build();
      var answer = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(401);
    }
  }
}
