package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.GetPaymentRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.ListPaymentsRequest;
import dev.usher.api.payment.v1.ListPaymentsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.api.payment.v1.PaymentService;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.sandbox.Sandbox;
import dev.usher.payment.sandbox.SandboxSettings;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import io.grpc.Status.Code;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards and payments, with the payment sandbox behind the edge. */
class PaymentServiceTest {
  private static final String SERVICE = PaymentService.name + "/";
  private static final String KEY = "sk_test_0123456789abcdef";
  private static final String GOOD = "4242 4242 4242 4242";

  @TempDir private static Path data;

  private static Sandbox sandbox;
  private static PaymentProvider provider;
  private static House house;
  private static int bookings;

  @BeforeAll
  static void open() {
    sandbox = Sandbox.start(new SandboxSettings("127.0.0.1", 0, data, KEY));
    provider =
        new StripeProvider(
            StripeSettings.of(
                URI.create(sandbox.baseUrl()), KEY, URI.create("http://127.0.0.1/returned")));
    house = new House(provider);
  }

  @AfterAll
  static void close() {
    house.close();
    sandbox.close();
  }

  @Test
  void aCardBecomesATokenOfItsOwner() {
    var method = create(card(GOOD).build());
    assertThat(method.getName()).startsWith("paymentMethods/pm_");
    assertThat(method.getLast4()).isEqualTo("4242");
    var id = method.getName().substring("paymentMethods/".length());
    var kept =
        House.await(house.system.readStale(view -> view.paymentMethod(id)).toCompletableFuture());
    assertThat(kept.orElseThrow().userId()).isEqualTo(TestAuth.ALICE);
  }

  @Test
  void theSameRequestIdIsTheSameToken() {
    var request = card(GOOD).setRequestId("card-1").build();
    assertThat(create(request)).isEqualTo(create(request));
  }

  @Test
  void everybodyListsTheirOwnCardsPageByPageAndNoNumber() {
    var visa = create(card(GOOD).build(), TestAuth.BOB);
    var mastercard = create(card("5555 5555 5555 4444").build(), TestAuth.BOB);
    create(card(GOOD).build());
    var request = ListPaymentMethodsRequest.newBuilder().setPageSize(1);

    var first = methods(request, TestAuth.BOB);
    var second = methods(request.setPageToken(first.getNextPageToken()), TestAuth.BOB);

    var all = new ArrayList<>(first.getPaymentMethodsList());
    all.addAll(second.getPaymentMethodsList());
    assertThat(all).containsExactlyInAnyOrder(visa, mastercard);
    assertThat(all)
        .extracting(PaymentMethod::getBrand, PaymentMethod::getLast4, PaymentMethod::getExpYear)
        .containsExactlyInAnyOrder(tuple("visa", "4242", 2040), tuple("mastercard", "4444", 2040));
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(all.toString().replace(" ", "")).doesNotContain("42424242").doesNotContain("55555");
  }

  private static ListPaymentMethodsResponse methods(
      ListPaymentMethodsRequest.Builder request, String token) {
    return house.client.call(
        SERVICE + "ListPaymentMethods",
        request.build(),
        ListPaymentMethodsResponse.getDefaultInstance(),
        token);
  }

  @Test
  void everyFaultOfACardIsToldAtOnceAndItsNumberIsNot() {
    var request =
        CreatePaymentMethodRequest.newBuilder()
            .setCard(Card.newBuilder().setNumber("4242-4242-4242-4242").setExpMonth(13).setCvc("1"))
            .build();
    var error = house.client.refused(SERVICE + "CreatePaymentMethod", request, TestAuth.ALICE);
    assertThat(error.fields())
        .containsExactlyInAnyOrder("card.number", "card.exp_month", "card.exp_year", "card.cvc");
    assertThat(error.toString()).doesNotContain("4242");
  }

  @Test
  void aNumberThatTheProviderRefusesIsADecline() {
    var error =
        house.client.refused(
            SERVICE + "CreatePaymentMethod", card("4242424242424241").build(), TestAuth.ALICE);
    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("PAYMENT_DECLINED");
    assertThat(error.metadata()).containsEntry("declineCode", "incorrect_number");
    assertThat(error.toString()).doesNotContain("4241");
  }

  @Test
  void aPaymentIsItsPayersAndFinances() {
    var name = ResourceNames.payment(pay(TestAuth.ALICE));
    var request = GetPaymentRequest.newBuilder().setName(name).build();
    for (var token : new String[] {TestAuth.ALICE, TestAuth.FINANCE}) {
      var payment =
          house.client.call(SERVICE + "GetPayment", request, Payment.getDefaultInstance(), token);
      assertThat(payment.getState()).isEqualTo(Payment.State.STATE_AUTHORIZED);
      assertThat(payment.getAmount().getUnits()).isEqualTo(12);
      assertThat(payment.getUser()).isEqualTo("users/" + TestAuth.ALICE);
    }
    assertThat(house.client.refused(SERVICE + "GetPayment", request, TestAuth.BOB).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void paymentsAreListedNewestFirstPageByPage() {
    pay(TestAuth.ALICE);
    pay(TestAuth.ALICE);
    pay(TestAuth.BOB);
    var mine = list("", TestAuth.ALICE);
    assertThat(mine).hasSizeGreaterThanOrEqualTo(2);
    assertThat(mine).allMatch(payment -> payment.getUser().equals("users/" + TestAuth.ALICE));
    assertThat(list("users/-", TestAuth.FINANCE)).hasSizeGreaterThan(mine.size());
  }

  @Test
  void thePaymentsOfOthersAreForFinanceOnly() {
    var request = ListPaymentsRequest.newBuilder().setUser("users/-").build();
    var error = house.client.refused(SERVICE + "ListPayments", request, TestAuth.ALICE);
    assertThat(error.code()).isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void aProviderThatIsDownIsUnavailable() {
    var edge = house.bind(NoProvider.get(), house.seats, WatchSettings.DEFAULT);
    try (var client = new TestClient(edge.address())) {
      var headers = TestClient.bearer(TestAuth.ALICE);
      headers.merge(TestClient.header("grpc-timeout", "2S"));
      var request = GetPaymentRequest.newBuilder().setName("payments/pi_1").build();
      var error = client.refused(SERVICE + "GetPayment", request, headers);
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error.reason()).isEqualTo("PROVIDER_UNAVAILABLE");
      assertThat(error.mayBeRetried()).isTrue();
    }
  }

  private static List<Payment> list(String user, String token) {
    var all = new ArrayList<Payment>();
    var request = ListPaymentsRequest.newBuilder().setUser(user).setPageSize(1);
    do {
      var page =
          house.client.call(
              SERVICE + "ListPayments",
              request.build(),
              ListPaymentsResponse.getDefaultInstance(),
              token);
      all.addAll(page.getPaymentsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all;
  }

  /** Authorizes 12.50 EUR of a good card; the payment's id. */
  private static String pay(String userId) {
    var card = new PaymentProvider.Card(GOOD.replace(" ", ""), 12, 2040, "123");
    var bookingId = "b" + ++bookings;
    CompletableFuture<PaymentProvider.AuthorizeOutcome> paid =
        provider
            .createPaymentMethod(card, "ann", bookingId)
            .thenCompose(
                method ->
                    provider.authorize(
                        new PaymentProvider.Authorization(
                            "events/hamlet/bookings/" + bookingId,
                            bookingId,
                            userId,
                            1,
                            1250,
                            "EUR",
                            ((PaymentProvider.MethodCreated) method).paymentMethodId(),
                            false,
                            System.currentTimeMillis())))
            .toCompletableFuture();
    return ((PaymentProvider.Authorized) House.await(paid)).paymentId();
  }

  private static PaymentMethod create(CreatePaymentMethodRequest request) {
    return create(request, TestAuth.ALICE);
  }

  private static PaymentMethod create(CreatePaymentMethodRequest request, String token) {
    return house.client.call(
        SERVICE + "CreatePaymentMethod", request, PaymentMethod.getDefaultInstance(), token);
  }

  private static CreatePaymentMethodRequest.Builder card(String number) {
    return CreatePaymentMethodRequest.newBuilder()
        .setCard(
            Card.newBuilder().setNumber(number).setExpMonth(12).setExpYear(2040).setCvc("123"));
  }
}
