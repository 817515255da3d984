package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.payment.PaymentNews;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentWebhook;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives Stripe's events. What an event says is not believed, only that something happened: the
 * payment is retrieved, and that is the news. An event id counts once; the last {@value
 * #REMEMBERED} are remembered. At most {@value #MAX_LOOKUPS} payments are retrieved at once, and
 * what comes on top is dropped: whoever waits for a payment asks for it by itself sooner or later.
 */
public final class StripeWebhooks implements PaymentWebhook {
  static final int REMEMBERED = 10_000;
  static final int MAX_LOOKUPS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(StripeWebhooks.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String secret;
  private final InstantSource clock;
  private final PaymentProvider provider;
  private final PaymentNews news;
  private final Semaphore lookups = new Semaphore(MAX_LOOKUPS);
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param secret the endpoint's, {@code whsec_…}
   */
  public StripeWebhooks(
      String secret, InstantSource clock, PaymentProvider provider, PaymentNews news) {
    this.secret = secret.strip();
    this.clock = clock;
    this.provider = provider;
    this.news = news;
  }

  @Override
  public boolean receive(String signature, byte[] body) {
    var verdict =
        body.length > BODY_BYTES_MOST
            ? StripeSignature.Verdict.MALFORMED
            : StripeSignature.check(secret, signature, body, clock.millis());
    if (verdict != StripeSignature.Verdict.GOOD) {
      LOG.warn("webhook=refused signature={} bytes={}", verdict, body.length);
      return false;
    }
    var event = parse(body);
    var id = event.path("id").asText();
    if (isNew(id)) {
      payment(event).ifPresent(paymentId -> ask(id, paymentId));
    }
    return true;
  }

  /** Signed, so it is Stripe's; one that can't be read is of no use, and repeating it neither. */
  private static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      LOG.warn("webhook=unreadable bytes={}", body.length);
      return MAPPER.createObjectNode();
    }
  }

  private boolean isNew(String eventId) {
    synchronized (seen) {
      return seen.putIfAbsent(eventId, true) == null;
    }
  }

  private static Optional<String> payment(JsonNode event) {
    var object = event.path("data").path("object");
    var id =
        object.path("object").asText().equals("payment_intent")
            ? object.path("id")
            : object.path("payment_intent");
    return id.isTextual() ? Optional.of(id.asText()) : Optional.empty();
  }

  private void ask(String eventId, String paymentId) {
    if (!lookups.tryAcquire()) {
      LOG.warn("webhook=dropped event={} reason=too-many-at-once", eventId);
      return;
    }
    provider
        .find(paymentId)
        .whenComplete(
            (found, failure) -> {
              lookups.release();
              if (failure == null) {
                tell(eventId, found);
              }
            });
  }

  private void tell(String eventId, Lookup<Optional<Payment>> lookup) {
    switch (lookup) {
      case NotAnswered<Optional<Payment>>(var why) ->
          LOG.warn("webhook=unanswered event={} reason={}", eventId, why);
      case Found<Optional<Payment>>(var payment) -> payment.ifPresent(news::changed);
    }
  }
}
