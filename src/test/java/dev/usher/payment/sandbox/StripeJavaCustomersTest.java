package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often a card may be paid with: once, unless it belongs to a customer
 * (docs.stripe.com/api/payment_methods), as Stripe's own Java client meets it.
 */
class StripeJavaCustomersTest {
  @TempDir static Path dir;
  private static Till till;
  private static Judge judge;

  @BeforeAll
  static void open() {
    till = Till.open(dir);
    judge = new Judge(till.sandbox);
  }

  @AfterAll
  static void close() {
    till.close();
  }

  private static void assertRefused(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            no -> {
              assertThat(no.getStatusCode()).isEqualTo(400);
              assertThat(no.getCode()).isEqualTo(code);
            });
  }

  @Test
  void aCardOfNobodyPaysOnce() throws StripeException {
    var method = judge.method(Till.GOOD_CARD);
    assertThat(judge.pay(method).getStatus()).isEqualTo("requires_capture");
    assertRefused(() -> judge.pay(method), "payment_method_unexpected_state");
    assertRefused(() -> judge.customer(method), "payment_method_unexpected_state");
  }

  @Test
  void aDeclineUsesItUpAsWell() throws StripeException {
    var method = judge.method("4000000000009995");
    assertThatThrownBy(() -> judge.pay(method)).hasMessageContaining("insufficient funds");
    assertRefused(() -> judge.pay(method), "payment_method_unexpected_state");
  }

  @Test
  void aCustomersCardPaysAgainAndAgain() throws StripeException {
    var method = judge.method(Till.GOOD_CARD);
    var customer = judge.customer(method);
    assertThat(customer.getMetadata()).containsEntry("user", "ann");
    assertThat(judge.stripe.v1().customers().retrieve(customer.getId()).getId())
        .isEqualTo(customer.getId());
    assertThat(judge.stripe.v1().paymentMethods().retrieve(method).getCustomer())
        .isEqualTo(customer.getId());
    for (int i = 0; i < 3; i++) {
      var paid = judge.pay(method, customer.getId());
      assertThat(paid.getStatus()).isEqualTo("requires_capture");
      assertThat(paid.getCustomer()).isEqualTo(customer.getId());
    }
  }

  @Test
  void aCustomersCardIsPaidWithByNobodyElse() throws StripeException {
    var method = judge.method(Till.GOOD_CARD);
    var customer = judge.customer(method);
    var other = judge.customer(judge.method(Till.GOOD_CARD));
    assertRefused(() -> judge.pay(method), "parameter_invalid");
    assertRefused(() -> judge.pay(method, other.getId()), "parameter_invalid");
    assertRefused(() -> judge.pay(method, "cus_none"), "resource_missing");
    assertRefused(() -> judge.customer(method), "payment_method_unexpected_state");
    assertThat(judge.pay(method, customer.getId()).getStatus()).isEqualTo("requires_capture");
  }

  @Test
  void aCardThatIsDetachedPaysNoMore() throws StripeException {
    var method = judge.method(Till.GOOD_CARD);
    var customer = judge.customer(method);
    var paid = judge.pay(method, customer.getId());
    assertThat(judge.stripe.v1().paymentMethods().detach(method).getCustomer()).isNull();
    assertRefused(() -> judge.pay(method), "payment_method_unexpected_state");
    assertRefused(() -> judge.pay(method, customer.getId()), "payment_method_unexpected_state");
    assertRefused(
        () -> judge.stripe.v1().paymentMethods().detach(method), "payment_method_unexpected_state");
    assertThat(judge.stripe.v1().paymentIntents().capture(paid.getId()).getStatus())
        .isEqualTo("succeeded");
  }

  @Test
  void aCustomersPaymentsAreListedNewestFirst() throws StripeException {
    var method = judge.method(Till.GOOD_CARD);
    var customer = judge.customer(method).getId();
    var first = judge.pay(method, customer).getId();
    judge.pay(judge.method(Till.GOOD_CARD));
    var second = judge.pay(method, customer).getId();
    assertThat(judge.paymentsOf(customer, 10)).containsExactly(second, first);
    assertThat(judge.paymentsOf(customer, 1)).containsExactly(second, first);
    assertRefused(() -> judge.paymentsOf("cus_none", 10), "resource_missing");
  }

  /** The payment is the one that the card was used for. */
  @Test
  void aPaymentThatAwaitsTheBuyerKeepsItsCard() throws StripeException {
    var method = judge.method("4000002500003155");
    var intent = judge.pay(method);
    assertThat(intent.getStatus()).isEqualTo("requires_action");
    assertThat(judge.confirm(intent.getId(), method).getStatus()).isEqualTo("requires_action");
    assertRefused(() -> judge.pay(method), "payment_method_unexpected_state");
  }

  @Test
  void whoseACardIsSurvives(@TempDir Path other) throws StripeException {
    String spent;
    String method;
    String customer;
    try (var before = Till.open(other)) {
      var first = new Judge(before.sandbox);
      spent = first.method(Till.GOOD_CARD);
      first.pay(spent);
      method = first.method(Till.GOOD_CARD);
      customer = first.customer(method).getId();
    }
    try (var after = Till.open(other)) {
      var second = new Judge(after.sandbox);
      assertThat(second.pay(method, customer).getStatus()).isEqualTo("requires_capture");
      assertRefused(() -> second.pay(spent), "payment_method_unexpected_state");
    }
  }
}
