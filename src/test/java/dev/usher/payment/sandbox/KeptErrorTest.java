package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Deleted;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stripe repeats its first answer to an idempotency key for 24 hours, a 500 too
 * (docs.stripe.com/api/idempotent_requests). Only what could be done twice waits that long.
 */
class KeptErrorTest {
  @TempDir Path dir;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Till till;

  @BeforeEach
  void open() {
    till = Till.open(dir, now::get);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private void errorIsKept(String operation) throws Exception {
    var answer = till.post("/usher/faults", "", "name", "error-500-kept", "on", operation);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void theErrorIsTheAnswerToItsKeyAndToNoOther() throws Exception {
    var cancel = "/v1/payment_intents/" + till.authorized("b1") + "/cancel";
    errorIsKept("cancel");
    var first = till.post(cancel, "k");

    assertThat(first.statusCode()).isEqualTo(500);
    assertThat(till.post(cancel, "k").body()).isEqualTo(first.body());
    assertThat(till.post(cancel, "other").statusCode()).isEqualTo(200);
    assertThat(till.post(cancel, "k").statusCode()).isEqualTo(500);
  }

  @Test
  void aCaptureIsTriedAgainAtOnce() throws Exception {
    var id = till.authorized("b1");
    errorIsKept("capture");
    assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Unanswered.class);
    assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Settled.class);
    assertThat(await(till.provider.capture(id, "b1"))).isInstanceOf(Settled.class);
    assertThat(till.payment(id).capturedMinor()).isEqualTo(4_200);
  }

  @Test
  void aVoidIsTriedAgainAtOnce() throws Exception {
    var id = till.authorized("b1");
    errorIsKept("cancel");
    assertThat(await(till.provider.voidAuthorization(id, "b1"))).isInstanceOf(Unanswered.class);
    assertThat(await(till.provider.voidAuthorization(id, "b1"))).isInstanceOf(Settled.class);
    assertThat(till.payment(id).state()).isEqualTo(PaymentState.VOIDED);
  }

  @Test
  void aCardIsDeletedAtTheNextTry() throws Exception {
    var method = till.method();
    errorIsKept("payment-method");
    assertThat(await(till.provider.deletePaymentMethod(method))).isInstanceOf(Unanswered.class);
    assertThat(await(till.provider.deletePaymentMethod(method))).isEqualTo(new Deleted());
    assertThat(till.authorize("b1", 1, method)).isNotInstanceOf(Authorized.class);
  }

  /** The answer is no proof that nothing was paid back. */
  @Test
  void aRefundWaitsUntilItsKeyIsForgotten() throws Exception {
    var id = till.authorized("b1");
    await(till.provider.capture(id, "b1"));
    errorIsKept("refund");
    for (int tries = 0; tries < 2; tries++) {
      assertThat(await(till.provider.refund(id, "b1", 4_200, 1))).isInstanceOf(Unanswered.class);
    }
    now.set(now.get().plus(Duration.ofHours(24)));
    for (int tries = 0; tries < 2; tries++) {
      assertThat(await(till.provider.refund(id, "b1", 4_200, 1))).isInstanceOf(Settled.class);
    }
    assertThat(till.payment(id).refundedMinor()).isEqualTo(4_200);
  }

  @Test
  void anAuthorizationThatTheCardDoesNotShowWasNotMade() throws Exception {
    var method = till.method();
    errorIsKept("authorize");
    assertThat(till.authorize("b1", 1, method)).isInstanceOf(Unanswered.class);
    for (int tries = 0; tries < 2; tries++) {
      assertThat(till.authorize("b1", 1, method))
          .isInstanceOfSatisfying(
              Impossible.class, no -> assertThat(no.code()).isEqualTo("attempt_failed"));
    }
    assertThat(Till.found(till.provider.findByBooking("b1"))).isEmpty();
    assertThat(till.authorize("b2", 1, method)).isInstanceOf(Authorized.class);
  }

  /** Only a search could tell, and it lags. */
  @Test
  void anAuthorizationOfACardThatBelongsToNobodyIsNotKnown() throws Exception {
    var method = till.nobodysMethod();
    errorIsKept("authorize");
    for (int tries = 0; tries < 2; tries++) {
      assertThat(till.authorize("b1", 1, method)).isInstanceOf(Unanswered.class);
    }
  }
}
