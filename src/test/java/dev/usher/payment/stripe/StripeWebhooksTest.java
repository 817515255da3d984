package dev.usher.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import dev.usher.payment.PaymentWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Events as Stripe signs them; its own client does it here. */
class StripeWebhooksTest {
  private static final String SECRET = "whsec_a-secret-of-the-tests";
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final List<String> news = new ArrayList<>();
  private final InstantSource clock = now::get;
  private final PaymentWebhook webhooks = new StripeWebhooks(SECRET, clock, news::add);

  private static String event(String id) {
    return """
    {"id":"%s","object":"event","type":"payment_intent.succeeded",
     "data":{"object":{"id":"pi_1","object":"payment_intent","status":"succeeded",
     "metadata":{"booking_id":"b1"}}}}
    """
        .formatted(id);
  }

  private static String signed(String body) throws Exception {
    return Webhook.Signature.generateSignatureHeader(body, SECRET, NOW.getEpochSecond());
  }

  private boolean receive(String signature, String body) {
    return webhooks.receive(signature, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEventIsOnlyANudgeToAskForThePaymentOfItsBooking() throws Exception {
    assertThat(receive(signed(event("evt_1")), event("evt_1"))).isTrue();

    assertThat(news).containsExactly("b1");
  }

  @Test
  void theSameEventTwiceIsNewsOnce() throws Exception {
    assertThat(receive(signed(event("evt_1")), event("evt_1"))).isTrue();
    assertThat(receive(signed(event("evt_1")), event("evt_1"))).isTrue();
    assertThat(receive(signed(event("evt_2")), event("evt_2"))).isTrue();

    assertThat(news).hasSize(2);
  }

  @Test
  void anEventOfARefundIsNewsOfItsBooking() throws Exception {
    var body =
        """
        {"id":"evt_3","type":"charge.refunded","data":{"object":{"object":"charge",
         "id":"ch_1","payment_intent":"pi_1","metadata":{"booking_id":"b1"}}}}
        """;
    receive(signed(body), body);

    assertThat(news).containsExactly("b1");
  }

  @Test
  void fiveMinutesAreTheLimitInBothDirections() throws Exception {
    var signature = signed(event("evt_1"));
    now.set(NOW.plus(Duration.ofMinutes(5)));
    assertThat(receive(signature, event("evt_1"))).isTrue();
    now.set(NOW.plus(Duration.ofMinutes(5)).plusMillis(1));
    assertThat(receive(signature, event("evt_1"))).isFalse();
    now.set(NOW.minus(Duration.ofMinutes(5)).minusMillis(1));
    assertThat(receive(signature, event("evt_1"))).isFalse();
  }

  @Test
  void whatIsNotSignedWithTheSecretChangesNothing() throws Exception {
    var body = event("evt_9");
    var foreign =
        Webhook.Signature.generateSignatureHeader(body, "whsec_other", NOW.getEpochSecond());

    assertThat(receive(foreign, body)).isFalse();
    assertThat(receive(signed(body), body.replace("succeeded", "canceled"))).isFalse();
    assertThat(receive(signed(body).replaceFirst("t=\\d+", "t=1780315201"), body)).isFalse();
    assertThat(receive("", body)).isFalse();
    assertThat(receive("t=,v1=zz", body)).isFalse();
    assertThat(receive("t=1", body)).isFalse();
    assertThat(receive(signed(body) + ",".repeat(2_000), body)).isFalse();
    assertThat(receive(signed(body), body)).as("the id was not used up").isTrue();
    assertThat(news).containsExactly("b1");
  }

  @Test
  void whileASecretIsChangedOneGoodSignatureIsEnough() throws Exception {
    var good = signed(event("evt_1"));
    var both = good.replace("v1=", "v1=" + "0".repeat(64) + ",v1=");

    assertThat(receive(both, event("evt_1"))).isTrue();
  }

  @Test
  void aSignedEventOfSomethingElseIsTakenAndIsNoNews() throws Exception {
    var body =
        "{\"id\":\"evt_4\",\"data\":{\"object\":{\"object\":\"customer\",\"id\":\"cus_1\"}}}";

    assertThat(receive(signed(body), body)).isTrue();
    assertThat(receive(signed("no json"), "no json")).isTrue();
    assertThat(news).isEmpty();
  }

  @Test
  void aMessageThatIsTooLongIsRefusedUnread() throws Exception {
    var body = " ".repeat(PaymentWebhook.BODY_BYTES_MOST + 1);

    assertThat(receive(signed(body), body)).isFalse();
  }

  @Test
  void aNodeWithoutASecretTakesNothing() throws Exception {
    var body = event("evt_1").getBytes(StandardCharsets.UTF_8);

    assertThat(PaymentWebhook.none().receive(signed(event("evt_1")), body)).isFalse();
  }
}
