package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static dev.usher.payment.sandbox.Till.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and searches through the Stripe client. */
class QueriesTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path dir;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private Till till;

  @BeforeEach
  void open() {
    till = Till.open(dir, now::get);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private List<String> authorize(String user, int count) {
    var method = till.method();
    var ids = new ArrayList<String>();
    for (int i = 1; i <= count; i++) {
      var wanted =
          new Authorization(
              "events/e1/bookings/" + user + i,
              user + i,
              user,
              1,
              100,
              "EUR",
              method,
              false,
              System.currentTimeMillis());
      ids.addFirst(((Authorized) await(till.provider.authorize(wanted))).paymentId());
    }
    return ids;
  }

  private static List<String> ids(List<Payment> payments) {
    return payments.stream().map(Payment::paymentId).toList();
  }

  private List<String> allPages(Optional<String> user, int size) {
    var seen = new ArrayList<String>();
    Page page;
    do {
      page = found(till.provider.list(user, size, seen.isEmpty() ? "" : seen.getLast()));
      assertThat(page.payments()).hasSizeLessThanOrEqualTo(size);
      seen.addAll(ids(page.payments()));
    } while (page.hasMore());
    return seen;
  }

  @Test
  void pagesOfEverybodyAreNewestFirstWithoutGapOrRepetition() {
    var bob = authorize("bob", 3);
    var eve = authorize("eve", 4);

    var expected = new ArrayList<>(eve);
    expected.addAll(bob);
    assertThat(allPages(Optional.empty(), 3)).isEqualTo(expected);
  }

  @Test
  void pagesOfOneUserHoldOnlyTheirsEvenWithinOneSecond() {
    var bob = authorize("bob", 5);
    authorize("eve", 2);

    assertThat(allPages(Optional.of("bob"), 2)).isEqualTo(bob);
  }

  @Test
  void aPageThatIsExactlyFullIsTheLast() {
    authorize("bob", 4);

    assertThat(found(till.provider.list(Optional.of("bob"), 4, "")).hasMore()).isFalse();
    assertThat(found(till.provider.list(Optional.empty(), 4, "")).hasMore()).isFalse();
  }

  @Test
  void nobodysPaymentsAndAnUnknownPlaceToGoOnAreEmpty() {
    authorize("bob", 1);

    assertThat(found(till.provider.list(Optional.of("zoe"), 10, "")).payments()).isEmpty();
    assertThat(found(till.provider.list(Optional.of("bob"), 10, "pi_gone")).payments()).isEmpty();
  }

  @Test
  void onlyOldAuthorizationsThatHoldMoneyAreOpen() {
    var old = authorize("bob", 3);
    await(till.provider.capture(old.get(0), "bob3"));
    await(till.provider.voidAuthorization(old.get(1), "bob2"));
    now.set(START.plus(Duration.ofMinutes(5)));
    authorize("eve", 1);

    var open = found(till.provider.openAuthorizations(START.plusSeconds(60).toEpochMilli()));
    assertThat(ids(open)).containsExactly(old.get(2));
  }

  @Test
  void theSummaryCountsAndAddsUp() throws Exception {
    var ids = authorize("bob", 4);
    await(till.provider.capture(ids.get(0), "bob4"));
    await(till.provider.capture(ids.get(1), "bob3"));
    await(till.provider.refund(ids.get(1), "bob3", 40, 1));
    await(till.provider.voidAuthorization(ids.get(2), "bob2"));
    till.authorize("declined", 1, till.method("4000000000000002"));

    assertThat(till.get("/usher/summary").body())
        .isEqualTo(
            "{\"payments\":5,\"open\":{\"count\":1,\"total\":{\"eur\":100}},"
                + "\"captured\":{\"count\":2,\"total\":{\"eur\":200}},"
                + "\"refunded\":{\"count\":1,\"total\":{\"eur\":40}},"
                + "\"voided\":1,\"declined\":1}");
  }
}
