package dev.usher.grpc;

import com.google.rpc.BadRequest.FieldViolation;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one request, said at once. */
final class Violations {
  /** Bytes told, which travel as base64: less than {@link Told#BYTES_MOST} with the sentence. */
  private static final int BYTES_MOST = 3000;

  private final List<FieldViolation> found = new ArrayList<>();
  private int bytes;
  private int untold;

  /**
   * Notes a fault.
   *
   * @param field its path in the request, for example {@code event.prices[2].price}
   */
  void add(String field, String description) {
    bytes += Told.utf8(field) + Told.utf8(description);
    if (found.isEmpty() || bytes <= BYTES_MOST) {
      found.add(FieldViolation.newBuilder().setField(field).setDescription(description).build());
    } else {
      untold++;
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Refuses the request with INVALID_ARGUMENT if anything is wrong with it. */
  void check() {
    if (found.isEmpty()) {
      return;
    }
    var told = new ArrayList<>(found);
    if (untold > 0) {
      told.add(FieldViolation.newBuilder().setDescription("and " + untold + " more").build());
    }
    throw Errors.violations(told);
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
