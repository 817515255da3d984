package dev.usher.grpc;

import com.google.rpc.BadRequest.FieldViolation;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one request, said at once. */
final class Violations {
  /** More are not worth reading; and the answer's metadata has a limit of its own. */
  private static final int MOST = 20;

  private final List<FieldViolation> found = new ArrayList<>();

  /**
   * Notes a fault.
   *
   * @param field its path in the request, for example {@code event.prices[2].price}
   */
  void add(String field, String description) {
    if (found.size() < MOST) {
      found.add(FieldViolation.newBuilder().setField(field).setDescription(description).build());
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Refuses the request with INVALID_ARGUMENT if anything is wrong with it. */
  void check() {
    if (!found.isEmpty()) {
      throw Errors.violations(found);
    }
  }

  /** The text itself; noted when it is empty or longer than {@code most} characters. */
  String required(String field, String value, int most) {
    if (value.isBlank()) {
      add(field, "is required");
    }
    return limited(field, value, most);
  }

  String limited(String field, String value, int most) {
    if (value.length() > most) {
      add(field, "has " + value.length() + " characters; at most " + most + " are allowed");
    }
    return value;
  }
}
