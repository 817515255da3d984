package dev.usher.payment.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code Stripe-Signature} (docs.stripe.com/webhooks/signature): {@code
 * t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA-256 of {@code SECONDS.BODY}. While a secret is
 * changed there are several {@code v1}; one that fits is enough.
 */
public final class StripeSignature {
  /** How far the sender's clock may be from ours; also how long a caught event can be replayed. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int MAX_HEADER = 1_000;

  private StripeSignature() {}

  public static String sign(String secret, long seconds, String body) {
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac(secret, seconds, payload));
  }

  /** What is wrong with a signature. */
  enum Verdict {
    GOOD,
    MALFORMED,
    FALSE,
    STALE
  }

  static Verdict check(String secret, String header, byte[] body, long nowMs) {
    var parsed = Parsed.of(header);
    if (parsed.seconds().isEmpty() || parsed.signatures().isEmpty()) {
      return Verdict.MALFORMED;
    }
    long seconds = parsed.seconds().getAsLong();
    byte[] wanted = mac(secret, seconds, body);
    boolean fits = false;
    for (byte[] signature : parsed.signatures()) {
      // Not ||: how long it takes must not tell how much fits.
      fits |= MessageDigest.isEqual(wanted, signature);
    }
    if (!fits) {
      return Verdict.FALSE;
    }
    return Math.abs(nowMs - seconds * 1000) <= TOLERANCE.toMillis() ? Verdict.GOOD : Verdict.STALE;
  }

  private record Parsed(OptionalLong seconds, List<byte[]> signatures) {
    static Parsed of(String header) {
      var seconds = OptionalLong.empty();
      var signatures = new ArrayList<byte[]>();
      for (var part : header.length() > MAX_HEADER ? new String[0] : header.split(",", -1)) {
        var item = part.strip();
        if (item.matches("t=[0-9]{1,12}")) {
          seconds = OptionalLong.of(Long.parseLong(item.substring(2)));
        } else if (item.matches("v1=[0-9a-f]{64}")) {
          signatures.add(HexFormat.of().parseHex(item.substring(3)));
        }
      }
      return new Parsed(seconds, List.copyOf(signatures));
    }
  }

  private static byte[] mac(String secret, long seconds, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
