package dev.usher.payment.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where Stripe is.
 *
 * @param baseUrl without a path, for example {@code https://api.stripe.com}
 * @param returnUrl where the card's issuer sends the buyer back to after 3-D Secure
 * @param requestTimeout for one request, from connecting to the last byte of the answer
 * @param retryDelays before each repetition of a request that is safe to repeat: its key is still
 *     being worked on (409), too many requests (429), connection lost
 */
public record StripeSettings(
    URI baseUrl,
    String secretKey,
    URI returnUrl,
    Duration requestTimeout,
    List<Duration> retryDelays) {
  public StripeSettings {
    secretKey = secretKey.strip();
    retryDelays = List.copyOf(retryDelays);
  }

  /** Ten seconds for a request; repeated after 50, 100, 200 and 400 ms. */
  public static StripeSettings of(URI baseUrl, String secretKey, URI returnUrl) {
    return new StripeSettings(
        baseUrl,
        secretKey,
        returnUrl,
        Duration.ofSeconds(10),
        List.of(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400)));
  }

  /** The same with another patience. */
  public StripeSettings withRequestTimeout(Duration timeout) {
    return new StripeSettings(baseUrl, secretKey, returnUrl, timeout, retryDelays);
  }

  @Override
  public String toString() {
    return "StripeSettings[" + baseUrl + "]";
  }
}
