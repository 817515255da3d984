package dev.usher.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.sandbox.Till;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PaymentActorTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(20);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  /** A port that takes connections and never says a word. */
  private static final class Mute implements AutoCloseable {
    final ServerSocket server;
    final StripeProvider provider;

    Mute() throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      var url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      provider =
          new StripeProvider(
              new StripeSettings(url, Till.SECRET, Till.RETURN_URL, PATIENCE, List.of()));
    }

    @Override
    public void close() throws IOException {
      provider.close();
      server.close();
    }
  }

  private static TestProbe<SettleOutcome> capture(
      ActorRef<PaymentProtocol.Request> payments, String id, Duration timeout) {
    TestProbe<SettleOutcome> probe = KIT.createTestProbe();
    payments.tell(
        new PaymentProtocol.Capture(id, "b-" + id, OptionalLong.empty(), timeout, probe.getRef()));
    return probe;
  }

  @Test
  void itAnswersWithTheProvidersOwnOutcomes(@TempDir Path dir) {
    try (var till = Till.open(dir)) {
      var payments = KIT.spawn(PaymentActor.create(till.provider));
      TestProbe<PaymentProvider.AuthorizeOutcome> authorized = KIT.createTestProbe();
      payments.tell(
          new PaymentProtocol.Authorize(
              Till.authorization("b1", 1, till.method()), PATIENCE, authorized.getRef()));
      var id = ((Authorized) authorized.receiveMessage(PATIENCE)).paymentId();
      TestProbe<SettleOutcome> settled = KIT.createTestProbe();
      payments.tell(
          new PaymentProtocol.Capture(id, "b1", OptionalLong.empty(), PATIENCE, settled.getRef()));
      var captured = ((Settled) settled.receiveMessage(PATIENCE)).payment();
      TestProbe<Lookup<List<Payment>>> found = KIT.createTestProbe();
      payments.tell(new PaymentProtocol.FindByBooking("b1", PATIENCE, found.getRef()));

      assertThat(captured.state()).isEqualTo(PaymentState.CAPTURED);
      assertThat(found.receiveMessage(PATIENCE)).isEqualTo(new Found<>(List.of(captured)));
    }
  }

  @Test
  void whatAHungProviderWasAskedIsUnansweredInTime() throws IOException {
    try (var mute = new Mute()) {
      var payments = KIT.spawn(PaymentActor.create(mute.provider));
      var outcome = capture(payments, "pi_1", SHORT).receiveMessage(PATIENCE);
      TestProbe<Lookup<Optional<Payment>>> found = KIT.createTestProbe();
      payments.tell(new PaymentProtocol.Find("pi_1", SHORT, found.getRef()));

      assertThat(outcome).isEqualTo(new Unanswered("the payment provider did not answer in time"));
      assertThat(found.receiveMessage(PATIENCE)).isInstanceOf(NotAnswered.class);
    }
  }

  @Test
  void aHungProviderIsNotPiledUpon() throws IOException {
    try (var mute = new Mute()) {
      var payments = KIT.spawn(PaymentActor.create(mute.provider, new PaymentActor.Limits(1, 1)));
      capture(payments, "pi_1", SHORT).receiveMessage(PATIENCE);
      var waiting = capture(payments, "pi_2", PATIENCE);
      var tooMany = capture(payments, "pi_3", PATIENCE).receiveMessage(PATIENCE);

      assertThat(tooMany).isEqualTo(new Unanswered("too many payments are under way"));
      // The first is still under way although its caller has gone: the second has not been sent.
      mute.server.accept().close();
      mute.server.accept().close();
      assertThat(waiting.receiveMessage(PATIENCE)).isInstanceOf(Unanswered.class);
    }
  }

  @Test
  void aWaitingCallWhoseTimeIsUpMakesRoom() throws IOException {
    try (var mute = new Mute()) {
      var payments = KIT.spawn(PaymentActor.create(mute.provider, new PaymentActor.Limits(1, 1)));
      capture(payments, "pi_1", PATIENCE);
      capture(payments, "pi_2", SHORT).receiveMessage(PATIENCE);
      capture(payments, "pi_3", SHORT).receiveMessage(PATIENCE);
      var last = capture(payments, "pi_4", SHORT).receiveMessage(PATIENCE);

      assertThat(last).isEqualTo(new Unanswered("the payment provider did not answer in time"));
      try (Socket only = mute.server.accept()) {
        assertThat(only.isConnected()).isTrue();
      }
    }
  }

  @Test
  void nobodyAtThePortIsUnanswered() throws IOException {
    var mute = new Mute();
    mute.server.close();
    var payments = KIT.spawn(PaymentActor.create(mute.provider));
    var outcome = (Unanswered) capture(payments, "pi_1", PATIENCE).receiveMessage(PATIENCE);

    assertThat(outcome.message())
        .startsWith("no connection to the payment provider http://127.0.0.1:")
        .doesNotContain(Till.SECRET);
    mute.close();
  }
}
