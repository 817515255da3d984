package dev.usher.payment.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether an idempotency key comes with the same parameters. It is keyed (HMAC-SHA-256) with
 * the secret key, which is not in the ledger: a plain digest of a card number is soon guessed.
 * After a change of the secret key older idempotency keys count as used with other parameters.
 */
final class Fingerprint {
  private final SecretKeySpec key;

  Fingerprint(String secretKey) {
    this.key =
        new SecretKeySpec(
            ("usher-sandbox-fingerprint/" + secretKey).getBytes(StandardCharsets.UTF_8),
            "HmacSHA256");
  }

  /** 32 hex digits. */
  String of(String path, Params params) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((path + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] digest = mac.doFinal(params.canonical().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
