package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test cards of docs/booking.md §3, as Stripe's own Java client meets them. */
class StripeJavaCardsTest {
  private static final String THREE_D_SECURE = "4000002500003155";
  private static final String THREE_D_SECURE_IN_VAIN = "4000008400001629";

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

  private static PaymentIntent pay(String number) throws StripeException {
    return judge.create(Judge.wanted(judge.method(number), "b-" + number).build());
  }

  private static String page(PaymentIntent intent) {
    return intent.getNextAction().getRedirectToUrl().getUrl();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4242424242424242", "5555555555554444", "378282246310005"})
  void goodCardsAreAuthorized(String number) throws StripeException {
    assertThat(pay(number).getStatus()).isEqualTo("requires_capture");
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000000002, card_declined, generic_decline",
    "4000000000009995, card_declined, insufficient_funds",
    "4000000000009987, card_declined, lost_card",
    "4000000000009979, card_declined, stolen_card",
    "4000000000000069, expired_card, expired_card",
    "4000000000000127, incorrect_cvc, incorrect_cvc",
    "4000000000000119, processing_error, processing_error"
  })
  void badCardsAreDeclinedWithTheirCode(String number, String code, String declineCode) {
    assertThatThrownBy(() -> pay(number))
        .isInstanceOfSatisfying(
            CardException.class,
            no -> {
              assertThat(no.getCode()).isEqualTo(code);
              assertThat(no.getDeclineCode()).isEqualTo(declineCode);
              assertThat(no.getStripeError().getPaymentIntent().getStatus())
                  .isEqualTo("requires_payment_method");
            });
  }

  @Test
  void aNumberWithAWrongCheckDigitGetsNoToken() {
    assertThatThrownBy(() -> judge.method("4242424242424241"))
        .isInstanceOfSatisfying(
            CardException.class,
            no -> {
              assertThat(no.getCode()).isEqualTo("incorrect_number");
              assertThat(no.getMessage()).doesNotContain("4242");
            });
  }

  @Test
  void aDeclinedPaymentIsConfirmedWithAnotherCard() throws StripeException {
    var declined = Judge.wanted(judge.method("4000000000000002"), "second").setConfirm(false);
    var id = judge.create(declined.build()).getId();
    assertThatThrownBy(() -> judge.stripe.v1().paymentIntents().confirm(id))
        .isInstanceOf(CardException.class);

    assertThat(judge.confirm(id, judge.method(Till.GOOD_CARD)).getStatus())
        .isEqualTo("requires_capture");
    assertThat(judge.retrieve(id).getLastPaymentError()).isNull();
  }

  @Test
  void aBuyerWhoAuthenticatesIsAuthorizedAndSentBack() throws Exception {
    var waiting = pay(THREE_D_SECURE);
    var page = page(waiting);

    assertThat(waiting.getStatus()).isEqualTo("requires_action");
    assertThat(waiting.getNextAction().getType()).isEqualTo("redirect_to_url");
    assertThat(Judge.open(page).body()).contains("42.00 EUR").contains("Approve").contains("Fail");
    var back = Judge.press(page, "approve");
    assertThat(back.statusCode()).isEqualTo(303);
    assertThat(back.headers().firstValue("Location"))
        .contains(
            "https://shop.example/back?payment_intent="
                + waiting.getId()
                + "&redirect_status=succeeded");
    assertThat(judge.retrieve(waiting.getId()).getStatus()).isEqualTo("requires_capture");
  }

  @Test
  void aBuyerWhoFailsIsDeclined() throws Exception {
    var waiting = pay(THREE_D_SECURE);
    Judge.press(page(waiting), "fail");
    var failed = judge.retrieve(waiting.getId());

    assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
    assertThat(failed.getLastPaymentError().getCode())
        .isEqualTo("payment_intent_authentication_failure");
  }

  @Test
  void aCardMayBeDeclinedAfterItsOwnerAuthenticated() throws Exception {
    var waiting = pay(THREE_D_SECURE_IN_VAIN);
    var back = Judge.press(page(waiting), "approve");

    assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("=failed");
    assertThat(judge.retrieve(waiting.getId()).getLastPaymentError().getDeclineCode())
        .isEqualTo("generic_decline");
  }

  @Test
  void aPageIsGoodOnceOnly() throws Exception {
    var waiting = pay(THREE_D_SECURE);
    Judge.press(page(waiting), "approve");
    Judge.press(page(waiting), "fail");

    assertThat(judge.retrieve(waiting.getId()).getStatus()).isEqualTo("requires_capture");
    assertThat(Judge.open(page(waiting)).statusCode()).isEqualTo(409);
  }

  @Test
  void aPaymentThatWaitsCanBeCanceledAndItsPageThenDoesNothing() throws Exception {
    var waiting = pay(THREE_D_SECURE);
    judge.stripe.v1().paymentIntents().cancel(waiting.getId());
    Judge.press(page(waiting), "approve");

    assertThat(judge.retrieve(waiting.getId()).getStatus()).isEqualTo("canceled");
  }

  @Test
  void whereNobodyCanAuthenticateTheCardIsDeclined() {
    assertThatThrownBy(
            () ->
                judge.create(
                    Judge.wanted(judge.method(THREE_D_SECURE), "unattended")
                        .setErrorOnRequiresAction(true)
                        .build()))
        .isInstanceOfSatisfying(
            CardException.class,
            no -> assertThat(no.getDeclineCode()).isEqualTo("authentication_required"));
  }
}
