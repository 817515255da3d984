package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.DeletePaymentMethodRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cards of an account: seen, paid with again, deleted. */
class PaymentMethodCommandsTest {
  private static final int MOST = 2;

  @TempDir Path home;
  private FakeNode node;

  /** The account's, of which it may have {@link #MOST}. */
  private final List<PaymentMethod> methods = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    node =
        FakeNode.start(
            new Answering<>(Api.LIST_PAYMENT_METHODS, this::list),
            new Answering<>(Api.CREATE_PAYMENT_METHOD, this::create),
            new Answering<>(Api.DELETE_PAYMENT_METHOD, this::delete),
            new Answering<>(Api.CREATE_PAYMENT, request -> Payment.getDefaultInstance()));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** One a page. */
  private ListPaymentMethodsResponse list(ListPaymentMethodsRequest request) {
    int at = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    var page = ListPaymentMethodsResponse.newBuilder();
    if (at < methods.size()) {
      page.addPaymentMethods(methods.get(at));
    }
    return page.setNextPageToken(at + 1 < methods.size() ? "" + (at + 1) : "").build();
  }

  private PaymentMethod create(CreatePaymentMethodRequest request) {
    if (methods.size() == MOST) {
      throw FakeNode.error(Code.RESOURCE_EXHAUSTED, "PAYMENT_METHOD_LIMIT", "No more.");
    }
    var card = request.getCard();
    var last4 = card.getNumber().substring(card.getNumber().length() - 4);
    var made = method("pm_" + methods.size(), last4, card.getExpMonth(), card.getExpYear());
    methods.add(made);
    return made;
  }

  private Empty delete(DeletePaymentMethodRequest request) {
    methods.removeIf(method -> method.getName().equals(request.getName()));
    return Empty.getDefaultInstance();
  }

  private static PaymentMethod method(String id, String last4, int month, int year) {
    return PaymentMethod.newBuilder()
        .setName("paymentMethods/" + id)
        .setBrand("visa")
        .setLast4(last4)
        .setExpMonth(month)
        .setExpYear(year)
        .build();
  }

  private record Ran(int code, String out, String err) {}

  private Ran run(String input, String... args) {
    var terminals = Terminals.piped(input);
    Map<String, String> environment =
        Map.of("USHER_HOME", home.toString(), "USHER_NODES", node.address().toString());
    int code = UsherCli.run(args, new Cli(terminals.terminal(), environment, new JumpingClock()));
    return new Ran(code, terminals.out(), terminals.err());
  }

  private Ran pay(String... with) {
    var args = new ArrayList<>(List.of("payment", "create", "45.00"));
    args.addAll(List.of(with));
    return run("4242424242424242\n12/2040\n123\n", args.toArray(String[]::new));
  }

  private <Q extends Message> List<Q> received(Class<Q> type) {
    return node.received().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<String> paidWith() {
    return received(CreatePaymentRequest.class).stream()
        .map(CreatePaymentRequest::getPaymentMethod)
        .toList();
  }

  @Test
  void cardsAreATableOrJson() {
    assertThat(run("", "payment-methods").out()).isEqualToIgnoringNewLines("No payment methods.");
    methods.add(method("pm_1.cus_1", "4242", 3, 2040));
    methods.add(method("pm_old", "4444", 0, 0));

    assertThat(run("", "payment-methods").out())
        .startsWith("PAYMENT METHOD ")
        .containsPattern("paymentMethods/pm_1.cus_1 +visa +4242 +03/2040")
        .containsPattern("paymentMethods/pm_old +visa +4444 +-");
    assertThat(run("", "payment-methods", "-o", "json").out())
        .startsWith("[")
        .contains("\"last4\": \"4242\"")
        .contains("paymentMethods/pm_old");
  }

  @Test
  void aCardIsDeletedByItsNameOrItsLastSegment() {
    methods.add(method("pm_1.cus_1", "4242", 12, 2040));
    methods.add(method("pm_2", "4444", 12, 2040));

    assertThat(run("", "payment-method", "delete", "pm_1.cus_1").out())
        .isEqualToIgnoringNewLines("deleted: paymentMethods/pm_1.cus_1");
    run("", "payment-method", "delete", "paymentMethods/pm_2", "--request-id", "again");

    assertThat(methods).isEmpty();
    assertThat(received(DeletePaymentMethodRequest.class))
        .extracting(DeletePaymentMethodRequest::getRequestId)
        .doesNotContain("")
        .endsWith("again");
  }

  @Test
  void aTestCardIsMadeOnceAndThenPaidWithAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(pay("--test-card", "declined").code()).isEqualTo(ExitCode.OK);
    }

    assertThat(received(CreatePaymentMethodRequest.class)).hasSize(1);
    assertThat(paidWith()).hasSize(3).containsOnly("paymentMethods/pm_0");
  }

  @Test
  void aTestCardIsFoundOnEveryPageAndOnlyWithItsExpiry() {
    methods.add(method("pm_of_next_year", "4242", 12, 2041));
    methods.add(method("pm_ok", "4242", 12, 2040));

    assertThat(pay("--test-card", "ok").code()).isEqualTo(ExitCode.OK);

    assertThat(paidWith()).containsExactly("paymentMethods/pm_ok");
  }

  @Test
  void aCardThatWasTypedIsANewOneEvenIfItLooksTheSame() {
    methods.add(method("pm_ok", "4242", 12, 2040));

    assertThat(pay("--card").code()).isEqualTo(ExitCode.OK);

    assertThat(paidWith()).containsExactly("paymentMethods/pm_1");
  }

  @Test
  void oneCardTooManySaysHowToGetRidOfOne() {
    methods.add(method("pm_1", "4242", 12, 2040));
    methods.add(method("pm_2", "4444", 12, 2040));

    var ran = pay("--card");

    assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(ran.err()).contains("PAYMENT_METHOD_LIMIT").contains("usher payment-methods");
    assertThat(run("", "payment-methods", "--help").out()).contains("usher payment-method delete");
  }

  /** Else the same command would pay with another card, and so be another command. */
  @Test
  void aRepeatedCommandMakesTheSameCard() {
    pay("--card", "--request-id", "r1");

    assertThat(received(CreatePaymentMethodRequest.class))
        .extracting(CreatePaymentMethodRequest::getRequestId)
        .containsExactly("r1");
  }
}
