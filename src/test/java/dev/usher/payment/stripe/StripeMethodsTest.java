package dev.usher.payment.stripe;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Deleted;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.MethodOutcome;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.sandbox.Till;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card is paid with as often as its owner likes, until it is deleted. */
class StripeMethodsTest {
  @TempDir Path dir;
  private Till till;

  @BeforeEach
  void open() {
    till = Till.open(dir);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private MethodOutcome create(String key) {
    return await(till.provider.createPaymentMethod(Till.card(Till.GOOD_CARD), "ann", key));
  }

  @Test
  void aCardPaysForManyBookings() {
    var method = till.method();
    assertThat(till.authorize("b1", 1, method)).isInstanceOf(Authorized.class);
    assertThat(till.authorize("b2", 1, method)).isInstanceOf(Authorized.class);
  }

  @Test
  void aCardThatWasDeclinedMayBeTriedAgain() {
    var method = till.method("4000000000009995");
    assertThat(till.authorize("b1", 1, method)).isInstanceOf(Declined.class);
    assertThat(till.authorize("b1", 2, method)).isInstanceOf(Declined.class);
  }

  @Test
  void theSameKeyIsTheSameCard() {
    assertThat(create("k")).isEqualTo(create("k"));
    assertThat(create("other")).isNotEqualTo(create("k"));
  }

  @Test
  void aDeletedCardPaysNoMore() {
    var method = till.method();
    var paid = (Authorized) till.authorize("b1", 1, method);
    assertThat(await(till.provider.deletePaymentMethod(method))).isEqualTo(new Deleted());
    assertThat(till.authorize("b2", 1, method))
        .isInstanceOfSatisfying(
            Impossible.class,
            no -> assertThat(no.code()).isEqualTo("payment_method_unexpected_state"));
    assertThat(await(till.provider.capture(paid.paymentId(), "b1"))).isInstanceOf(Settled.class);
  }

  @Test
  void deletingTwiceIsDeletingOnce() {
    var method = till.method();
    assertThat(await(till.provider.deletePaymentMethod(method))).isEqualTo(new Deleted());
    assertThat(await(till.provider.deletePaymentMethod(method))).isEqualTo(new Deleted());
    assertThat(await(till.provider.deletePaymentMethod("pm_none.cus_none")))
        .isEqualTo(new Deleted());
  }

  /** As it was kept before cards had customers. */
  @Test
  void aCardWithoutACustomerPaysOnce() {
    var made = till.nobodysMethod();
    assertThat(till.authorize("b1", 1, made)).isInstanceOf(Authorized.class);
    assertThat(till.authorize("b2", 1, made)).isInstanceOf(Impossible.class);
  }
}
