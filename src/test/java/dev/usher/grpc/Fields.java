package dev.usher.grpc;

import java.util.List;

/** The fields that a request is refused for. */
final class Fields {
  private Fields() {}

  static List<String> of(Violations violations) {
    try {
      violations.check();
      return List.of();
    } catch (CallException refused) {
      return ApiError.of(refused.status()).fields();
    }
  }
}
