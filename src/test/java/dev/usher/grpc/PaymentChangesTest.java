package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.type.Money;
import dev.usher.api.payment.v1.CancelPaymentRequest;
import dev.usher.api.payment.v1.CapturePaymentRequest;
import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.CreateRefundRequest;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.Payment.State;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.api.payment.v1.PaymentService;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.sandbox.Till;
import io.grpc.Status.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finance moves money that belongs to no booking, and keeps off what does. */
class PaymentChangesTest {
  private static final String SERVICE = PaymentService.name + "/";

  @TempDir private static Path data;
  private static Till till;
  private static House house;

  @BeforeAll
  static void open() {
    till = Till.open(data);
    house = new House(till.provider);
    house.signUp(TestAuth.FINANCE);
  }

  @AfterAll
  static void close() {
    house.close();
    till.close();
  }

  private static Payment call(String method, Message request) {
    return house.client.call(
        SERVICE + method, request, Payment.getDefaultInstance(), TestAuth.FINANCE);
  }

  private static ApiError refused(String method, Message request) {
    return house.client.refused(SERVICE + method, request, TestAuth.FINANCE);
  }

  private static String card(String number) {
    var card = Card.newBuilder().setNumber(number).setExpMonth(12).setExpYear(2040).setCvc("123");
    return house
        .client
        .call(
            SERVICE + "CreatePaymentMethod",
            CreatePaymentMethodRequest.newBuilder().setCard(card).build(),
            PaymentMethod.getDefaultInstance(),
            TestAuth.FINANCE)
        .getName();
  }

  private static Money euros(long euros) {
    return Money.newBuilder().setCurrencyCode("EUR").setUnits(euros).build();
  }

  private static CreatePaymentRequest payment(String card, long euros, String requestId) {
    return CreatePaymentRequest.newBuilder()
        .setPayment(Payment.newBuilder().setAmount(euros(euros)))
        .setPaymentMethod(card)
        .setRequestId(requestId)
        .build();
  }

  private static Payment authorized(String requestId) {
    return call("CreatePayment", payment(card(Till.GOOD_CARD), 42, requestId));
  }

  private static CapturePaymentRequest.Builder capture(String name) {
    return CapturePaymentRequest.newBuilder().setName(name);
  }

  private static CreateRefundRequest refund(String name, long euros, String requestId) {
    return CreateRefundRequest.newBuilder()
        .setParent(name)
        .setAmount(euros(euros))
        .setRequestId(requestId)
        .build();
  }

  @Test
  void aPaymentIsAuthorizedCapturedAndRefundedInParts() {
    var reserved = authorized("whole");
    var captured = call("CapturePayment", capture(reserved.getName()).build());
    var part = call("CreateRefund", refund(reserved.getName(), 12, "r1"));
    var rest = call("CreateRefund", refund(reserved.getName(), 30, "r2"));

    assertThat(reserved.getState()).isEqualTo(State.STATE_AUTHORIZED);
    assertThat(reserved.getUser()).isEqualTo("users/" + TestAuth.FINANCE);
    assertThat(reserved.getBooking()).isEmpty();
    assertThat(captured.getCaptured()).isEqualTo(euros(42));
    assertThat(part.getState()).isEqualTo(State.STATE_CAPTURED);
    assertThat(part.getRefunded()).isEqualTo(euros(12));
    assertThat(rest.getState()).isEqualTo(State.STATE_REFUNDED);
  }

  @Test
  void theSameRequestIdIsTheSamePaymentAndTheSameRefund() {
    var card = card(Till.GOOD_CARD);
    var first = call("CreatePayment", payment(card, 42, "same"));
    var again = call("CreatePayment", payment(card, 42, "same"));
    call("CapturePayment", capture(first.getName()).build());
    call("CapturePayment", capture(first.getName()).build());
    call("CreateRefund", refund(first.getName(), 12, "same-refund"));
    var refunded = call("CreateRefund", refund(first.getName(), 12, "same-refund"));

    assertThat(again.getName()).isEqualTo(first.getName());
    assertThat(refunded.getRefunded()).isEqualTo(euros(12));
  }

  @Test
  void aRequestIdIsNotTakenForAnotherAmount() {
    var payment = authorized("other");
    call("CapturePayment", capture(payment.getName()).build());
    call("CreateRefund", refund(payment.getName(), 1, "other-refund"));

    assertThat(refused("CreatePayment", payment(card(Till.GOOD_CARD), 43, "other")).reason())
        .isEqualTo("REQUEST_ID_REUSED");
    assertThat(refused("CreateRefund", refund(payment.getName(), 2, "other-refund")).reason())
        .isEqualTo("PAYMENT_STATE");
  }

  @Test
  void aPartIsCapturedAndTheRestGivenUp() {
    var name = authorized("part").getName();
    var part = call("CapturePayment", capture(name).setAmount(euros(30)).build());

    assertThat(part.getCaptured()).isEqualTo(euros(30));
    assertThat(refused("CapturePayment", capture(name).setAmount(euros(31)).build()).reason())
        .isEqualTo("PAYMENT_STATE");
    assertThat(refused("CapturePayment", capture(name).setAmount(euros(99)).build()).fields())
        .containsExactly("amount");
  }

  @Test
  void whatIsCancelledIsNotCaptured() {
    var name = authorized("cancelled").getName();
    var cancel = CancelPaymentRequest.newBuilder().setName(name).build();

    assertThat(call("CancelPayment", cancel).getState()).isEqualTo(State.STATE_VOIDED);
    assertThat(call("CancelPayment", cancel).getState()).isEqualTo(State.STATE_VOIDED);
    var error = refused("CapturePayment", capture(name).build());
    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("PAYMENT_STATE");
    assertThat(error.metadata()).containsEntry("code", "payment_intent_unexpected_state");
  }

  @Test
  void aDeclineIsToldWithItsCodeEveryTime() {
    var request = payment(card("4000000000009995"), 42, "declined");
    for (int i = 0; i < 2; i++) {
      var error = refused("CreatePayment", request);
      assertThat(error.reason()).isEqualTo("PAYMENT_DECLINED");
      assertThat(error.metadata()).containsEntry("declineCode", "insufficient_funds");
    }
  }

  @Test
  void aCardThatNeedsItsOwnerAnswersWithAPage() {
    var waiting = call("CreatePayment", payment(card("4000002500003155"), 42, "3ds"));

    assertThat(waiting.getState()).isEqualTo(State.STATE_REQUIRES_ACTION);
    assertThat(waiting.getNextActionUri()).startsWith(till.sandbox.baseUrl());
    assertThat(call("CreatePayment", payment(card(Till.GOOD_CARD), 42, "3ds"))).isEqualTo(waiting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CapturePayment", "CancelPayment", "CreateRefund"})
  void thePaymentOfABookingIsItsSagasAlone(String method) {
    var outcome = till.authorize("b-" + method, 1, till.method());
    var id = ((Authorized) outcome).paymentId();
    var name = ResourceNames.payment(id);
    Message request =
        switch (method) {
          case "CapturePayment" -> capture(name).build();
          case "CancelPayment" -> CancelPaymentRequest.newBuilder().setName(name).build();
          default -> refund(name, 1, "r");
        };
    var error = refused(method, request);

    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("PAYMENT_OF_BOOKING");
    assertThat(error.metadata()).containsEntry("booking", "events/e1/bookings/b-" + method);
    assertThat(error.toString()).contains("cancel the booking");
    assertThat(till.payment(id).state()).isEqualTo(PaymentState.AUTHORIZED);
  }

  @Test
  void theSweepOfOrphansDoesNotSeeAPaymentOfNoBooking() {
    var id = authorized("unswept").getName().substring("payments/".length());
    var ofBooking = till.authorized("b-swept");
    long inAnHour = System.currentTimeMillis() + 3_600_000;

    assertThat(Till.found(till.provider.openAuthorizations(inAnHour)))
        .extracting("paymentId")
        .contains(ofBooking)
        .doesNotContain(id);
  }

  @Test
  void nobodyPaysWithTheCardOfAnother() {
    var foreign = till.method();
    var error = refused("CreatePayment", payment("paymentMethods/" + foreign, 42, "foreign"));

    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void customersMoveNoMoneyByThemselves() {
    var request = capture("payments/pi_1").build();

    assertThat(house.client.refused(SERVICE + "CapturePayment", request, TestAuth.ALICE).code())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void everyFaultOfARequestIsToldAtOnce() {
    var error = refused("CreatePayment", CreatePaymentRequest.getDefaultInstance());

    assertThat(error.fields())
        .containsExactlyInAnyOrder("payment.amount.currency_code", "payment_method", "request_id");
  }
}
