package dev.usher.booking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that a retry at any node derives again, from who asks and the request id (AIP-155). */
public final class Ids {
  private Ids() {}

  /** The booking of a user's request: 32 hex digits after {@code b}. */
  public static String bookingId(String userId, String requestId) {
    return "b" + digest("booking", userId, requestId);
  }

  /** The hold of a user's request: 32 hex digits after {@code h}. */
  public static String holdId(String userId, String requestId) {
    return "h" + digest("hold", userId, requestId);
  }

  /** The redemption of a ticket by a request: 32 hex digits after {@code r}. */
  public static String redemptionId(String userId, String requestId) {
    return "r" + digest("redemption", userId, requestId);
  }

  private static String digest(String kind, String userId, String requestId) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      for (var part : new String[] {kind, userId, requestId}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update((byte) (bytes.length >>> 8));
        sha256.update((byte) bytes.length);
        sha256.update(bytes);
      }
      return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
