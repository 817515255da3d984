package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static dev.usher.payment.sandbox.Till.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Stripe client against a running sandbox. Every test has bookings of its own. */
class MoneyTest {
  @TempDir static Path dir;
  private static Till till;

  @BeforeAll
  static void open() {
    till = Till.open(dir);
  }

  @AfterAll
  static void close() {
    till.close();
  }

  @Test
  void anAuthorizationReservesTheAmountAndMovesNothing() {
    var payment = till.payment(till.authorized("b-reserve"));

    assertThat(payment.state()).isEqualTo(PaymentState.AUTHORIZED);
    assertThat(payment.amountMinor()).isEqualTo(4_200);
    assertThat(payment.capturedMinor()).isZero();
    assertThat(payment.currency()).isEqualTo("EUR");
    assertThat(payment.userId()).isEqualTo("ann");
    assertThat(payment.booking()).isEqualTo("events/e1/bookings/b-reserve");
    assertThat(payment.bookingId()).isEqualTo("b-reserve");
  }

  @Test
  void repeatingAnAttemptGivesTheSamePayment() {
    var method = till.method();
    var first = till.authorize("b-repeat", 1, method);

    assertThat(till.authorize("b-repeat", 1, method)).isEqualTo(first);
    assertThat(found(till.provider.findByBooking("b-repeat"))).hasSize(1);
  }

  @Test
  void anAttemptRepeatedWithAnotherAmountIsNeitherDoneNorTakenForADecline() {
    var method = till.method();
    till.authorize("b-changed", 1, method);
    var dearer =
        new Authorization(
            "events/e1/bookings/x",
            "b-changed",
            "ann",
            1,
            9_900,
            "EUR",
            method,
            false,
            System.currentTimeMillis());

    assertThat(await(till.provider.authorize(dearer))).isInstanceOf(Unanswered.class);
    assertThat(found(till.provider.findByBooking("b-changed")))
        .extracting(Payment::amountMinor)
        .containsExactly(4_200L);
  }

  @Test
  void aCaptureMovesTheWholeAmountOnce() {
    var id = till.authorized("b-capture");
    var first = (Settled) await(till.provider.capture(id, "b-capture"));

    assertThat(first.payment().state()).isEqualTo(PaymentState.CAPTURED);
    assertThat(first.payment().capturedMinor()).isEqualTo(4_200);
    assertThat(await(till.provider.capture(id, "b-capture"))).isEqualTo(first);
  }

  @Test
  void aCaptureUnderAnotherKeyFindsThatItIsDone() {
    var id = till.authorized("b-again");
    await(till.provider.capture(id, "b-again"));

    assertThat(await(till.provider.capture(id, "another"))).isInstanceOf(Settled.class);
  }

  @Test
  void aVoidedAuthorizationCannotBeCaptured() {
    var id = till.authorized("b-void");
    var voided = (Settled) await(till.provider.voidAuthorization(id, "b-void"));

    assertThat(voided.payment().state()).isEqualTo(PaymentState.VOIDED);
    assertThat(await(till.provider.voidAuthorization(id, "b-void"))).isEqualTo(voided);
    assertThat(await(till.provider.capture(id, "b-void"))).isInstanceOf(Impossible.class);
  }

  @Test
  void aCapturedPaymentCannotBeVoided() {
    var id = till.authorized("b-late");
    await(till.provider.capture(id, "b-late"));

    assertThat(await(till.provider.voidAuthorization(id, "b-late"))).isInstanceOf(Impossible.class);
    assertThat(till.payment(id).state()).isEqualTo(PaymentState.CAPTURED);
  }

  @Test
  void aRefundGivesMoneyBackOnceForEachNumber() {
    var id = till.authorized("b-refund");
    await(till.provider.capture(id, "b-refund"));
    var part = (Settled) await(till.provider.refund(id, "b-refund", 1_200, 1));
    var again = (Settled) await(till.provider.refund(id, "b-refund", 1_200, 1));
    var rest = (Settled) await(till.provider.refund(id, "b-refund", 3_000, 2));

    assertThat(part.payment().state()).isEqualTo(PaymentState.CAPTURED);
    assertThat(part.payment().refundedMinor()).isEqualTo(1_200);
    assertThat(again).isEqualTo(part);
    assertThat(rest.payment().state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(rest.payment().refundedMinor()).isEqualTo(4_200);
  }

  @Test
  void moreThanWasCapturedIsNotGivenBack() {
    var id = till.authorized("b-greedy");
    await(till.provider.capture(id, "b-greedy"));

    assertThat(await(till.provider.refund(id, "b-greedy", 4_201, 1)))
        .isInstanceOf(Impossible.class);
    assertThat(till.payment(id).refundedMinor()).isZero();
  }

  @Test
  void aSecondCardIsASecondPaymentOfTheBooking() {
    till.authorize("b-second", 1, till.method("4000000000009995"));
    var second = (Authorized) till.authorize("b-second", 2, till.method());

    assertThat(found(till.provider.findByBooking("b-second")))
        .extracting(Payment::state)
        .containsExactly(PaymentState.AUTHORIZED, PaymentState.DECLINED);
    assertThat(till.payment(second.paymentId()).state()).isEqualTo(PaymentState.AUTHORIZED);
  }

  @Test
  void anUnknownPaymentMethodIsADecline() {
    assertThat(till.authorize("b-nomethod", 1, "pm_unknown"))
        .isEqualTo(new Impossible("resource_missing", "No such PaymentMethod: 'pm_unknown'"));
  }

  @Test
  void anUnknownPaymentIsNotFoundAndCannotBeSettled() {
    assertThat(found(till.provider.find("pi_unknown"))).isEqualTo(Optional.empty());
    assertThat(found(till.provider.find("../../v1/refunds?x"))).isEqualTo(Optional.empty());
    assertThat(await(till.provider.capture("pi_unknown", "b"))).isInstanceOf(Impossible.class);
    assertThat(await(till.provider.capture("a/b?c", "b"))).isInstanceOf(Impossible.class);
    assertThat(found(till.provider.findByBooking("it's not one"))).isEqualTo(List.of());
  }
}
