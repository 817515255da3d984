package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.payment.PaymentNews;
import dev.usher.payment.PaymentWebhook;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives Stripe's events. What an event says is not believed, only that something happened to the
 * payment of a booking: whoever waits for it asks the provider. An event id counts once; the last
 * {@value #REMEMBERED} are remembered.
 */
public final class StripeWebhooks implements PaymentWebhook {
  static final int REMEMBERED = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(StripeWebhooks.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String secret;
  private final InstantSource clock;
  private final PaymentNews news;
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
  public StripeWebhooks(String secret, InstantSource clock, PaymentNews news) {
    this.secret = secret.strip();
    this.clock = clock;
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
    var bookingId = bookingId(event);
    if (!bookingId.isEmpty() && isNew(event.path("id").asText())) {
      news.changed(bookingId);
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

  /** Charges have the metadata of their payment; empty for what is of no booking. */
  private static String bookingId(JsonNode event) {
    return event.path("data").path("object").path("metadata").path("booking_id").asText();
  }
}
