package dev.usher.payment.stripe;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.RequiresAction;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.sandbox.Till;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 3-D Secure, partial capture, and attempts that are older than their keys (row 20). */
class AuthorizationTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  private static final String THREE_D_SECURE = "4000002500003155";

  @TempDir Path dir;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private Till till;

  @BeforeEach
  void open() {
    till = Till.open(dir, now::get);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private AuthorizeOutcome authorize(String bookingId, String method, boolean interactive) {
    return await(
        till.provider.authorize(
            new Authorization(
                "events/e1/bookings/" + bookingId,
                bookingId,
                "ann",
                1,
                4_200,
                "EUR",
                method,
                interactive,
                START.toEpochMilli())));
  }

  private RequiresAction waiting(String bookingId) {
    return (RequiresAction) authorize(bookingId, till.method(THREE_D_SECURE), true);
  }

  private Payment ofBooking(String bookingId) {
    return Till.found(till.provider.findByBooking(bookingId)).getFirst();
  }

  private static void press(String page, String button) throws Exception {
    try (var browser = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(page))
              .POST(BodyPublishers.ofString("answer=" + button))
              .build();
      assertThat(browser.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void aCardThatNeedsItsOwnerIsAuthorizedOnceHeApproved() throws Exception {
    var action = waiting("b1");
    assertThat(ofBooking("b1").state()).isEqualTo(PaymentState.REQUIRES_ACTION);
    assertThat(ofBooking("b1").nextActionUri()).contains(action.nextActionUri());
    press(action.nextActionUri(), "approve");

    assertThat(ofBooking("b1").state()).isEqualTo(PaymentState.AUTHORIZED);
    assertThat(ofBooking("b1").nextActionUri()).isEmpty();
  }

  @Test
  void anOwnerWhoFailsIsADeclineWithItsCode() throws Exception {
    press(waiting("b1").nextActionUri(), "fail");

    assertThat(ofBooking("b1").state()).isEqualTo(PaymentState.DECLINED);
    assertThat(ofBooking("b1").declineCode()).contains("payment_intent_authentication_failure");
  }

  @Test
  void theWaitForAnOwnerCanBeGivenUp() {
    var id = waiting("b1").paymentId();

    assertThat(await(till.provider.voidAuthorization(id, "b1"))).isInstanceOf(Settled.class);
    assertThat(ofBooking("b1").state()).isEqualTo(PaymentState.VOIDED);
  }

  @Test
  void whereNobodyCanAuthenticateTheCardIsDeclined() {
    assertThat(authorize("b1", till.method(THREE_D_SECURE), false))
        .isInstanceOfSatisfying(
            Declined.class,
            no -> assertThat(no.declineCode()).isEqualTo("authentication_required"));
  }

  @Test
  void aPartIsCapturedOnceAndTheRestGivenUp() {
    var id = till.authorized("b1");
    var part = (Settled) await(till.provider.capture(id, "b1", OptionalLong.of(1_500)));
    var again = (Settled) await(till.provider.capture(id, "b1"));

    assertThat(part.payment().capturedMinor()).isEqualTo(1_500);
    assertThat(again.payment().capturedMinor()).isEqualTo(1_500);
  }

  @Test
  void row20AnAttemptOlderThanItsKeyIsFoundAndNotMadeAgain() {
    var method = till.method();
    var first = authorize("b1", method, false);
    now.set(START.plus(Duration.ofDays(2)));

    assertThat(authorize("b1", method, false)).isEqualTo(first);
    assertThat(Till.found(till.provider.findByBooking("b1"))).hasSize(1);
  }

  @Test
  void row20AnOldAttemptThatWasNeverMadeIsNotMadeNow() {
    var method = till.method();
    now.set(START.plus(StripeAuthorizations.ATTEMPT_LIFE));

    assertThat(authorize("b1", method, false))
        .isInstanceOfSatisfying(
            Impossible.class, no -> assertThat(no.code()).isEqualTo("attempt_too_old"));
    assertThat(Till.found(till.provider.findByBooking("b1"))).isEmpty();
  }

  @Test
  void row20AnOldDeclineIsTheSameDecline() {
    var method = till.method("4000000000009995");
    authorize("b1", method, false);
    now.set(START.plus(Duration.ofDays(2)));

    assertThat(authorize("b1", method, false))
        .isInstanceOfSatisfying(
            Declined.class, no -> assertThat(no.declineCode()).isEqualTo("insufficient_funds"));
  }

  @Test
  void row20ARefundOlderThanItsKeyIsNotMadeAgain() {
    var id = till.authorized("b1");
    await(till.provider.capture(id, "b1"));
    await(till.provider.refund(id, "b1", 200, 1));
    now.set(START.plus(Duration.ofDays(2)));
    var again = (Settled) await(till.provider.refund(id, "b1", 200, 1));

    assertThat(again.payment().refundedMinor()).isEqualTo(200);
    assertThat(await(till.provider.refund(id, "b1", 300, 1))).isInstanceOf(Impossible.class);
  }
}
