package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idempotency-Key as docs.stripe.com/api/idempotent_requests has it, by plain HTTP. */
class IdempotencyTest {
  private static final String INTENTS = "/v1/payment_intents";

  @TempDir Path dir;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
  private Till till;

  @BeforeEach
  void open() {
    till = Till.open(dir, now::get);
  }

  @AfterEach
  void close() {
    till.close();
  }

  /** What our client sends for a card and its customer. */
  private static String[] intent(String method, String amount) {
    var parts = method.split("\\.", -1);
    return new String[] {
      "amount",
      amount,
      "currency",
      "eur",
      "payment_method",
      parts[0],
      "customer",
      parts[1],
      "confirm",
      "true",
      "capture_method",
      "manual",
      "metadata[booking_id]",
      "b1"
    };
  }

  @Test
  void theSameKeyWithTheSameParametersGivesTheSameAnswer() throws Exception {
    var method = till.method();
    var first = till.post(INTENTS, "k", intent(method, "100"));
    var second = till.post(INTENTS, "k", intent(method, "100"));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
  }

  @Test
  void aReplayShowsThePaymentAsItWasThen() throws Exception {
    var method = till.method();
    var first = till.post(INTENTS, "k", intent(method, "100"));
    var id = first.body().replaceAll(".*\"id\":\"(pi_\\w+)\".*", "$1");
    till.post(INTENTS + "/" + id + "/cancel", "c");

    assertThat(till.post(INTENTS, "k", intent(method, "100")).body())
        .isEqualTo(first.body())
        .contains("\"requires_capture\"");
  }

  @Test
  void theSameKeyWithOtherParametersIsRefused() throws Exception {
    var method = till.method();
    till.post(INTENTS, "k", intent(method, "100"));
    var other = till.post(INTENTS, "k", intent(method, "200"));

    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("\"type\":\"idempotency_error\"");
  }

  @Test
  void aDeclineIsReplayedToo() throws Exception {
    var method = till.method("4000000000009995");
    var first = till.post(INTENTS, "k", intent(method, "100"));
    var second = till.post(INTENTS, "k", intent(method, "100"));

    assertThat(first.statusCode()).isEqualTo(402);
    assertThat(first.body())
        .contains("\"decline_code\":\"insufficient_funds\"")
        .contains("\"last_payment_error\"");
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void aRequestThatWasWrongInItselfDoesNotUseItsKeyUp() throws Exception {
    var wrong = till.post(INTENTS, "k", "amount", "100");
    var right = till.post(INTENTS, "k", intent(till.method(), "100"));

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("parameter_missing").contains("\"param\":\"currency\"");
    assertThat(right.statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyIsForgottenAfter24HoursAndNotBefore() throws Exception {
    var method = till.method();
    var first = till.post(INTENTS, "k", intent(method, "100"));
    now.set(now.get().plus(Duration.ofHours(24)).minusMillis(1));
    var justBefore = till.post(INTENTS, "k", intent(method, "100"));
    now.set(now.get().plusMillis(1));
    var after = till.post(INTENTS, "k", intent(method, "100"));

    assertThat(justBefore.body()).isEqualTo(first.body());
    assertThat(after.body()).isNotEqualTo(first.body());
  }

  @Test
  void keysSurviveARestart() throws Exception {
    var method = till.method();
    var first = till.post(INTENTS, "k", intent(method, "100"));
    till.close();
    till = Till.open(dir, now::get);

    assertThat(till.post(INTENTS, "k", intent(method, "100")).body()).isEqualTo(first.body());
    assertThat(till.post(INTENTS, "k", intent(method, "101")).statusCode()).isEqualTo(400);
  }
}
