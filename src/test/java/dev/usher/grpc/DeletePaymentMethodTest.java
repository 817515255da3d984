package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.usher.api.payment.v1.CapturePaymentRequest;
import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.DeletePaymentMethodRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.api.payment.v1.PaymentService;
import dev.usher.directory.DirectoryLimits;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.sandbox.Till;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has a card gets rid of it, here and at the provider; what was paid stays paid. */
class DeletePaymentMethodTest {
  private static final String SERVICE = PaymentService.name + "/";

  private static final Card GOOD_CARD =
      Card.newBuilder()
          .setNumber(Till.GOOD_CARD)
          .setExpMonth(12)
          .setExpYear(2040)
          .setCvc("123")
          .build();

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

  @Test
  void aDeletedCardIsNoLongerListedAndTheOthersAre() {
    var gone = card(TestAuth.ALICE);
    var stays = card(TestAuth.ALICE);

    delete(gone, TestAuth.ALICE);

    assertThat(cards(TestAuth.ALICE)).contains(stays).doesNotContain(gone);
  }

  @Test
  void aDeletedCardIsNotPaidWithAndWhatWasPaidIsCaptured() {
    var card = card(TestAuth.FINANCE);
    var paid = call("CreatePayment", payment(card, "before"));

    delete(card, TestAuth.FINANCE);

    var error = refused("CreatePayment", payment(card, "after"), TestAuth.FINANCE);
    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.metadata()).containsEntry("name", card);
    var capture = CapturePaymentRequest.newBuilder().setName(paid.getName()).build();
    assertThat(call("CapturePayment", capture).getState()).isEqualTo(Payment.State.STATE_CAPTURED);
  }

  @Test
  void theProviderForgetsADeletedCardToo() {
    var card = card(TestAuth.ALICE);

    delete(card, TestAuth.ALICE);

    assertThat(till.authorize("b1", 1, id(card))).isInstanceOf(PaymentProvider.Impossible.class);
  }

  @Test
  void aCardIsDeletedOnceAndARepeatedRequestGetsItsAnswer() {
    var request = request(card(TestAuth.ALICE)).setRequestId("once").build();

    for (int i = 0; i < 2; i++) {
      house.client.call(
          SERVICE + "DeletePaymentMethod", request, Empty.getDefaultInstance(), TestAuth.ALICE);
    }

    var another = request.toBuilder().setRequestId("twice").build();
    assertThat(refused("DeletePaymentMethod", another, TestAuth.ALICE).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void somebodyElsesCardLooksAsIfThereWereNoneAndIsPaidWithAsBefore() {
    var card = card(TestAuth.FINANCE);

    var others = refused("DeletePaymentMethod", request(card).build(), TestAuth.BOB);

    assertThat(others.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(others.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(call("CreatePayment", payment(card, "mine")).getState())
        .isEqualTo(Payment.State.STATE_AUTHORIZED);
    delete(card, TestAuth.FINANCE);
    var none = refused("DeletePaymentMethod", request(card).build(), TestAuth.BOB);
    assertThat(none).isEqualTo(others);
  }

  /** Whoever died between the provider and the directory left it so. */
  @Test
  void aCardThatOnlyTheProviderForgotIsRefusedWhenPaidWithAndCanBeDeletedAgain() {
    var card = card(TestAuth.FINANCE);
    Till.await(till.provider.deletePaymentMethod(id(card)));

    assertThat(refused("CreatePayment", payment(card, "late"), TestAuth.FINANCE).code())
        .isEqualTo(Code.INVALID_ARGUMENT);
    delete(card, TestAuth.FINANCE);

    assertThat(cards(TestAuth.FINANCE)).doesNotContain(card);
  }

  @Test
  void whileTheProviderIsSilentNothingIsDeleted() {
    var card = card(TestAuth.ALICE);
    var edge = house.bind(NoProvider.get(), house.seats, WatchSettings.DEFAULT);
    try (var client = new TestClient(edge.address())) {
      var headers = TestClient.bearer(TestAuth.ALICE);
      headers.merge(TestClient.header("grpc-timeout", "2S"));
      var error = client.refused(SERVICE + "DeletePaymentMethod", request(card).build(), headers);
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error.reason()).isEqualTo("PROVIDER_UNAVAILABLE");
    }

    assertThat(cards(TestAuth.ALICE)).contains(card);
    delete(card, TestAuth.ALICE);
  }

  @Test
  void aCardBeyondTheLimitIsNotKeptAtTheProviderEither() {
    while (cards(TestAuth.BOB).size() < DirectoryLimits.PAYMENT_METHODS_PER_USER) {
      card(TestAuth.BOB);
    }
    var tooMany =
        CreatePaymentMethodRequest.newBuilder().setCard(GOOD_CARD).setRequestId("many").build();

    assertThat(refused("CreatePaymentMethod", tooMany, TestAuth.BOB).reason())
        .isEqualTo("PAYMENT_METHOD_LIMIT");

    // What the provider was asked then, again: it gives the same card.
    var key = Requests.key(TestAuth.BOB, "CreatePaymentMethod", "many");
    var card = new PaymentProvider.Card(Till.GOOD_CARD, 12, 2040, "123");
    var made = Till.await(till.provider.createPaymentMethod(card, TestAuth.BOB, key));
    var id = ((PaymentProvider.MethodCreated) made).paymentMethodId();
    assertThat(till.authorize("b-many", 1, id)).isInstanceOf(PaymentProvider.Impossible.class);
  }

  @Test
  void theRequestIdOfOneCardIsRefusedForAnother() {
    var first = CreatePaymentMethodRequest.newBuilder().setCard(GOOD_CARD).setRequestId("one");
    house.client.call(
        SERVICE + "CreatePaymentMethod",
        first.build(),
        PaymentMethod.getDefaultInstance(),
        TestAuth.ALICE);
    var other = first.setCard(GOOD_CARD.toBuilder().setNumber("5555555555554444")).build();

    var error = refused("CreatePaymentMethod", other, TestAuth.ALICE);

    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).containsExactly("card");
    assertThat(error.toString()).contains("request id").doesNotContain("4444");
  }

  @Test
  void aCardNumberInPlaceOfANameIsNotTold() {
    var request = request("paymentMethods/4242424242424242").build();

    var error = refused("DeletePaymentMethod", request, TestAuth.ALICE);

    assertThat(error.fields()).containsExactly("name");
    assertThat(error.toString()).doesNotContain("4242");
  }

  private static DeletePaymentMethodRequest.Builder request(String name) {
    return DeletePaymentMethodRequest.newBuilder().setName(name);
  }

  private static void delete(String name, String user) {
    house.client.call(
        SERVICE + "DeletePaymentMethod", request(name).build(), Empty.getDefaultInstance(), user);
  }

  /** The name of a new good card. */
  private static String card(String user) {
    return house
        .client
        .call(
            SERVICE + "CreatePaymentMethod",
            CreatePaymentMethodRequest.newBuilder().setCard(GOOD_CARD).build(),
            PaymentMethod.getDefaultInstance(),
            user)
        .getName();
  }

  private static List<String> cards(String user) {
    return house
        .client
        .call(
            SERVICE + "ListPaymentMethods",
            ListPaymentMethodsRequest.getDefaultInstance(),
            ListPaymentMethodsResponse.getDefaultInstance(),
            user)
        .getPaymentMethodsList()
        .stream()
        .map(PaymentMethod::getName)
        .toList();
  }

  private static String id(String name) {
    return name.substring("paymentMethods/".length());
  }

  private static CreatePaymentRequest payment(String card, String requestId) {
    return CreatePaymentRequest.newBuilder()
        .setPayment(Payment.newBuilder().setAmount(Monies.of(1250, "EUR")))
        .setPaymentMethod(card)
        .setRequestId(requestId)
        .build();
  }

  private static Payment call(String method, Message request) {
    return house.client.call(
        SERVICE + method, request, Payment.getDefaultInstance(), TestAuth.FINANCE);
  }

  private static ApiError refused(String method, Message request, String user) {
    return house.client.refused(SERVICE + method, request, user);
  }
}
