package dev.usher.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Identities of requests (AIP-155) and the few conversions that every service needs. */
final class Requests {
  static final int LONGEST_ID = 128;

  private final RandomGenerator random;

  /**
   * @param random unguessable: a request without an id gets a random one
   */
  Requests(RandomGenerator random) {
    this.random = random;
  }

  /** The request's own id, or a random one: a call without an id is a new request every time. */
  String id(String requestId, Violations violations) {
    violations.limited("request_id", requestId, LONGEST_ID);
    return requestId.isEmpty() ? random() : requestId;
  }

  /** 32 random hex digits. */
  String random() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The key that makes a retry safe; ids of different users and methods never meet. */
  static String key(String userId, String method, String requestId) {
    return userId + "/" + method + "/" + requestId;
  }

  static Timestamp timestamp(long millis) {
    return Timestamps.fromMillis(millis);
  }
}
