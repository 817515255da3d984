package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stripe's own Java client moves money in the sandbox. */
class StripeJavaMoneyTest {
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

  private static PaymentIntent capture(String id, long amount) throws StripeException {
    return judge
        .stripe
        .v1()
        .paymentIntents()
        .capture(id, PaymentIntentCaptureParams.builder().setAmountToCapture(amount).build());
  }

  private static PaymentIntent capture(String id) throws StripeException {
    return judge.stripe.v1().paymentIntents().capture(id);
  }

  @Test
  void authorizesAndCapturesLater() throws StripeException {
    var reserved = judge.authorized("capture");

    assertThat(reserved.getStatus()).isEqualTo("requires_capture");
    assertThat(reserved.getAmountCapturable()).isEqualTo(4_200);
    assertThat(capture(reserved.getId()).getStatus()).isEqualTo("succeeded");
    assertThat(judge.retrieve(reserved.getId()).getAmountReceived()).isEqualTo(4_200);
  }

  @Test
  void capturesAPartAndGivesUpTheRest() throws StripeException {
    var captured = capture(judge.authorized("part").getId(), 1_500);

    assertThat(captured.getStatus()).isEqualTo("succeeded");
    assertThat(captured.getAmount()).isEqualTo(4_200);
    assertThat(captured.getAmountReceived()).isEqualTo(1_500);
    assertThat(captured.getAmountCapturable()).isZero();
  }

  @Test
  void capturesNoMoreThanWasReserved() throws StripeException {
    var id = judge.authorized("greedy").getId();

    assertThatThrownBy(() -> capture(id, 4_201))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            no -> assertThat(no.getCode()).isEqualTo("amount_too_large"));
    assertThat(judge.retrieve(id).getStatus()).isEqualTo("requires_capture");
  }

  @Test
  void aPaymentThatIsCapturedAutomaticallySucceedsAtOnce() throws StripeException {
    var wanted =
        Judge.wanted(judge.method(Till.GOOD_CARD), "auto")
            .setCaptureMethod(CaptureMethod.AUTOMATIC)
            .build();

    assertThat(judge.create(wanted).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void aPaymentIsConfirmedLaterWithACardOfItsOwn() throws StripeException {
    var wanted = Judge.wanted(judge.method(Till.GOOD_CARD), "later").setConfirm(false).build();
    var id = judge.create(wanted).getId();

    assertThat(judge.retrieve(id).getStatus()).isEqualTo("requires_confirmation");
    assertThat(judge.stripe.v1().paymentIntents().confirm(id).getStatus())
        .isEqualTo("requires_capture");
  }

  @Test
  void cancelsAndNeverCapturesAfterThat() throws StripeException {
    var id = judge.authorized("cancel").getId();

    assertThat(judge.stripe.v1().paymentIntents().cancel(id).getStatus()).isEqualTo("canceled");
    assertThatThrownBy(() -> capture(id))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            no -> assertThat(no.getCode()).isEqualTo("payment_intent_unexpected_state"));
  }

  @Test
  void refundsInPartsAndListsThem() throws StripeException {
    var id = judge.authorized("refund").getId();
    capture(id);
    var refunds = judge.stripe.v1().refunds();
    var part = RefundCreateParams.builder().setPaymentIntent(id).setAmount(1_200L).build();
    var rest = RefundCreateParams.builder().setPaymentIntent(id).build();

    var first = refunds.create(part);
    var second = refunds.create(rest);
    var listed = refunds.list(RefundListParams.builder().setPaymentIntent(id).build());

    assertThat(first.getStatus()).isEqualTo("succeeded");
    assertThat(second.getAmount()).isEqualTo(3_000);
    assertThat(listed.getData()).extracting("id").containsExactly(second.getId(), first.getId());
    assertThat(refunds.retrieve(first.getId()).getAmount()).isEqualTo(1_200);
    assertThatThrownBy(() -> refunds.create(rest)).hasMessageContaining("already been refunded");
  }

  @Test
  void aReplayIsTheSamePayment() throws StripeException {
    var wanted = Judge.wanted(judge.method(Till.GOOD_CARD), "replay").build();
    var first = judge.create(wanted, "replay/1");
    var again = judge.create(wanted, "replay/1");

    assertThat(again.getId()).isEqualTo(first.getId());
    assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .contains("true");
  }

  @Test
  void aKeyIsNotTakenForAnotherPayment() throws StripeException {
    var method = judge.method(Till.GOOD_CARD);
    judge.create(Judge.wanted(method, "reuse").build(), "reuse/1");

    assertThatThrownBy(
            () -> judge.create(Judge.wanted(method, "reuse").setAmount(9_900L).build(), "reuse/1"))
        .isInstanceOf(IdempotencyException.class);
  }

  @Test
  void listsPageByPage() throws StripeException {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(judge.authorized("list" + i).getId());
    }
    var listed = new ArrayList<String>();
    var pages = PaymentIntentListParams.builder().setLimit(2L).build();
    for (var intent : judge.stripe.v1().paymentIntents().list(pages).autoPagingIterable()) {
      listed.add(intent.getId());
    }

    assertThat(listed).doesNotHaveDuplicates().startsWith(ids.toArray(String[]::new));
  }

  @Test
  void searchesByMetadataPageByPage() throws StripeException {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      ids.addFirst(judge.authorized("many").getId());
    }
    var search =
        PaymentIntentSearchParams.builder()
            .setQuery("metadata['booking_id']:'many' AND status:'requires_capture'")
            .setLimit(2L)
            .build();
    var found = new ArrayList<String>();
    for (var intent : judge.stripe.v1().paymentIntents().search(search).autoPagingIterable()) {
      found.add(intent.getId());
    }

    assertThat(found).containsExactlyElementsOf(ids);
  }

  @Test
  void aChargeSaysWhatWasRefundedOfIt() throws StripeException {
    var id = judge.authorized("charge").getId();
    capture(id);
    judge
        .stripe
        .v1()
        .refunds()
        .create(RefundCreateParams.builder().setPaymentIntent(id).setAmount(200L).build());
    var params =
        com.stripe.param.PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
    var charge = judge.stripe.v1().paymentIntents().retrieve(id, params).getLatestChargeObject();

    assertThat(charge.getAmountRefunded()).isEqualTo(200);
    assertThat(charge.getRefunded()).isFalse();
  }

  @Test
  void aWrongSecretKeyIsRefused() {
    var stranger =
        com.stripe.StripeClient.builder()
            .setApiKey("sk_test_somebody-elses-key")
            .setApiBase(till.sandbox.baseUrl())
            .build();

    assertThatThrownBy(() -> stranger.v1().paymentIntents().retrieve("pi_1"))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void aPaymentThatThereIsNotIsNotFound() {
    assertThatThrownBy(() -> judge.retrieve("pi_unknown"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            no -> {
              assertThat(no.getStatusCode()).isEqualTo(404);
              assertThat(no.getCode()).isEqualTo("resource_missing");
            });
  }
}
