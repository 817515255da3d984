package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.payment.v1.PaymentService;
import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsResponse;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.sandbox.Till;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finance has payments, bookings and seats compared. */
class ReconcilePaymentsTest {
  private static final String METHOD = PaymentService.name + "/ReconcilePayments";
  private static final String BOOKING = "events/e1/bookings/b1";

  @TempDir private Path data;
  private Till till;
  private House house;

  @BeforeEach
  void open() {
    till = Till.open(data);
    house = new House(till.provider);
    house.signUp(TestAuth.FINANCE);
  }

  @AfterEach
  void close() {
    house.close();
    till.close();
  }

  private ReconcilePaymentsResponse reconcile(boolean repair) {
    return house.client.call(
        METHOD,
        ReconcilePaymentsRequest.newBuilder().setRepair(repair).build(),
        ReconcilePaymentsResponse.getDefaultInstance(),
        TestAuth.FINANCE);
  }

  @Test
  void aPaymentOfNoBookingIsFinancesOwn() {
    var counter =
        new Authorization(
            "",
            "counter-1",
            TestAuth.FINANCE,
            1,
            4_200,
            "EUR",
            till.method(),
            false,
            InstantSource.system().millis());
    assertThat(Till.await(till.provider.authorize(counter))).isInstanceOf(Authorized.class);

    var report = reconcile(false);

    assertThat(report.getPaymentCount()).isZero();
    assertThat(report.getDifferencesList()).isEmpty();
  }

  @Test
  void anAuthorizationThatNoBookingWillUseIsNamedAndGivenUp() {
    house.publish("e1");
    till.authorized("b1");

    var found = reconcile(false).getDifferencesList();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().getPromise()).isEqualTo("NOTHING_LEFT_RESERVED");
    assertThat(found.getFirst().getName()).isEqualTo(BOOKING);
    assertThat(reconcile(true).getDifferencesList()).isEmpty();
    assertThat(reconcile(false).getDifferencesList()).isEmpty();
  }

  @Test
  void aSilentProviderIsToBeAskedAgain() {
    till.close();

    var refused =
        house.client.refused(
            METHOD, ReconcilePaymentsRequest.getDefaultInstance(), TestAuth.FINANCE);

    assertThat(refused.reason()).isEqualTo("PROVIDER_UNAVAILABLE");
  }

  @Test
  void aBuyerMayNot() {
    var refused =
        house.client.refused(METHOD, ReconcilePaymentsRequest.getDefaultInstance(), TestAuth.ALICE);

    assertThat(refused.code()).isEqualTo(Code.PERMISSION_DENIED);
  }
}
