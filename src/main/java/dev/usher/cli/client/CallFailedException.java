package dev.usher.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A call's final answer was an error (AIP-193), or none came before the deadline. Carries what the
 * server said and never what was asked, so it can be printed.
 */
public final class CallFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Status.Code code;
  private final String reason;
  private final transient Map<String, String> metadata;
  private final transient List<Violation> violations;
  private final transient Optional<Duration> retryDelay;

  /** What is wrong with a field of the request, or with a place in an imported file. */
  public record Violation(String field, String description) {}

  private CallFailedException(
      Status.Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      List<Violation> violations,
      Optional<Duration> retryDelay) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.metadata = metadata;
    this.violations = violations;
    this.retryDelay = retryDelay;
  }

  /** Reads the details that a status carries; a status without them gives an empty reason. */
  public static CallFailedException of(StatusRuntimeException e) {
    String reason = "";
    Map<String, String> metadata = Map.of();
    List<Violation> violations = List.of();
    Optional<Duration> retryDelay = Optional.empty();
    var status = StatusProto.fromThrowable(e);
    try {
      for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          var info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          metadata = new TreeMap<>(info.getMetadataMap());
        } else if (detail.is(BadRequest.class)) {
          violations =
              detail.unpack(BadRequest.class).getFieldViolationsList().stream()
                  .map(v -> new Violation(v.getField(), v.getDescription()))
                  .toList();
        } else if (detail.is(RetryInfo.class)) {
          var delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryDelay = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
        }
      }
    } catch (InvalidProtocolBufferException malformed) {
      e.addSuppressed(malformed);
    }
    return new CallFailedException(
        code(e.getStatus()), reason, describe(e.getStatus()), metadata, violations, retryDelay);
  }

  /**
   * A connection that breaks is UNAVAILABLE, also where grpc-java does not know what broke it
   * (grpc-java#10120); a server's own UNKNOWN has no cause.
   */
  private static Status.Code code(Status status) {
    return status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof IOException
        ? Status.Code.UNAVAILABLE
        : status.getCode();
  }

  /** What the server said; of a broken connection, what the operating system said. */
  private static String describe(Status status) {
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof IOException && root.getMessage() != null) {
      return root.getMessage();
    }
    String description = status.getDescription();
    return description == null ? status.getCode().name() : description;
  }

  /** The deadline passed; {@code last} is what the last node that was tried said. */
  static CallFailedException noAnswer(Duration deadline, int nodes, CallFailedException last) {
    return new CallFailedException(
        Status.Code.UNAVAILABLE,
        last.reason,
        "no node of "
            + nodes
            + " gave an answer within "
            + deadline.toMillis()
            + " ms; the last one said: "
            + last.getMessage(),
        last.metadata,
        List.of(),
        last.retryDelay);
  }

  public Status.Code code() {
    return code;
  }

  /** ErrorInfo's reason, for example {@code SEAT_UNAVAILABLE}; empty when the server gave none. */
  public String reason() {
    return reason;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  public List<Violation> violations() {
    return violations;
  }

  /** How long the server asks to wait before the next try. */
  public Optional<Duration> retryDelay() {
    return retryDelay;
  }

  /** Whether another try, here or at another node, may give a different answer. */
  boolean retriable() {
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.DEADLINE_EXCEEDED
        || reason.equals("OVERLOADED");
  }
}
