package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorized;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long ledger is written anew at a start, and adds up to the same. */
class ShorteningTest {
  @TempDir Path dir;

  private static void shorten(Path dir, long nowMs) throws Exception {
    LedgerHouse.open(dir, List.of(), 1, nowMs).file().close();
  }

  @Test
  void theShorterLedgerHasTheSamePaymentsRefundsAndAnswers() throws Exception {
    String summary;
    String list;
    String id;
    String method;
    try (var till = Till.open(dir)) {
      method = till.method();
      id = ((Authorized) till.authorize("b1", 1, method)).paymentId();
      await(till.provider.capture(id, "b1"));
      await(till.provider.refund(id, "b1", 100, 1));
      till.authorized("b2");
      summary = till.get("/usher/summary").body();
      list = till.get("/v1/payment_intents").body();
    }
    long before = Files.size(dir.resolve("ledger.jsonl"));
    shorten(dir, System.currentTimeMillis() + Duration.ofHours(25).toMillis());

    assertThat(Files.size(dir.resolve("ledger.jsonl"))).isLessThan(before);
    try (var till = Till.open(dir)) {
      assertThat(till.get("/usher/summary").body()).isEqualTo(summary);
      assertThat(till.get("/v1/payment_intents").body()).isEqualTo(list);
      assertThat(till.payment(id).refundedMinor()).isEqualTo(100);
      assertThat(Till.found(till.provider.findByBooking("b2"))).hasSize(1);
    }
  }

  @Test
  void keysThatStillCountAreAnsweredAsBefore() throws Exception {
    String id;
    String method;
    try (var till = Till.open(dir)) {
      method = till.method();
      id = ((Authorized) till.authorize("b1", 1, method)).paymentId();
      await(till.provider.voidAuthorization(id, "b1"));
    }
    shorten(dir, System.currentTimeMillis());

    try (var till = Till.open(dir)) {
      assertThat(till.authorize("b1", 1, method)).isEqualTo(new Authorized(id));
      assertThat(till.payment(id).state())
          .isEqualTo(dev.usher.payment.PaymentProvider.PaymentState.VOIDED);
    }
  }

  @Test
  void aShortLedgerIsLeftAlone() throws Exception {
    try (var till = Till.open(dir)) {
      till.authorized("b1");
    }
    byte[] before = Files.readAllBytes(dir.resolve("ledger.jsonl"));
    LedgerHouse.open(dir, List.of(), LedgerHouse.SHORTENED_FROM_BYTES, 0).file().close();

    assertThat(Files.readAllBytes(dir.resolve("ledger.jsonl"))).isEqualTo(before);
  }
}
