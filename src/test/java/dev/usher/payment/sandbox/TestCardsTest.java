package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Card;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.MethodCreated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stripe's published test cards, through the Stripe client. */
class TestCardsTest {
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

  @ParameterizedTest
  @CsvSource({
    "4242424242424242, visa, 4242",
    "4242 4242 4242 4242, visa, 4242",
    "5555555555554444, mastercard, 4444",
    "378282246310005, amex, 0005"
  })
  void goodCardsAreAuthorized(String number, String brand, String last4) {
    var method =
        await(till.provider.createPaymentMethod(Till.card(number), "ann", "good/" + number));
    var id = ((MethodCreated) method).paymentMethodId();

    assertThat(method).isEqualTo(new MethodCreated(id, brand, last4));
    assertThat(till.authorize("good-" + number.hashCode(), 1, id)).isInstanceOf(Authorized.class);
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000000002, generic_decline",
    "4000000000009995, insufficient_funds",
    "4000000000009987, lost_card",
    "4000000000009979, stolen_card",
    "4000000000000069, expired_card",
    "4000000000000127, incorrect_cvc",
    "4000000000000119, processing_error",
    "4000002500003155, authentication_required",
    "4000008400001629, authentication_required"
  })
  void badCardsAreDeclinedWhenMoneyIsReserved(String number, String declineCode) {
    var outcome = till.authorize("bad-" + number, 1, till.method(number));

    assertThat(outcome).isInstanceOf(Declined.class);
    assertThat(((Declined) outcome).declineCode()).isEqualTo(declineCode);
  }

  @ParameterizedTest
  @CsvSource({
    "4242424242424241, 12, 2099, 123, incorrect_number",
    "42424242, 12, 2099, 123, incorrect_number",
    "4242424242424242, 1, 2020, 123, invalid_expiry_year",
    "4242424242424242, 12, 2099, 12, invalid_cvc",
    "4012888888881881, 12, 2099, 123, test_mode_live_card"
  })
  void cardsThatAreWrongInThemselvesGetNoToken(
      String number, int month, int year, String cvc, String code) {
    var card = new Card(number, month, year, cvc);
    var outcome =
        await(till.provider.createPaymentMethod(card, "ann", "wrong/" + number + cvc + year));

    assertThat(((Declined) outcome).declineCode()).isEqualTo(code);
  }

  @Test
  void noCardNumberReachesTheDisk() throws IOException {
    var numbers =
        List.of("4242424242424242", "5555555555554444", "4000000000000002", "4242424242424241");
    for (var number : numbers) {
      await(
          till.provider.createPaymentMethod(Till.card(number), "ann", "disk/" + number.hashCode()));
    }
    var ledger = Files.readString(dir.resolve("ledger.jsonl"), StandardCharsets.UTF_8);

    assertThat(ledger).contains("\"last4\":\"4242\"").contains("incorrect_number");
    assertThat(ledger).doesNotContain(numbers).doesNotContain("\"123\"").doesNotContain("2099");
  }
}
