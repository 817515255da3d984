package dev.usher.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.usher.raft.NodeId;
import dev.usher.replica.Outcome;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an outcome of the rooms below becomes an error of the public API: a code, one sentence, an
 * {@code ErrorInfo} of the domain {@code usher}, and {@code RetryInfo} or {@code BadRequest} where
 * they help (AIP-193, docs/booking.md §4).
 */
final class Errors {
  static final String DOMAIN = "usher";

  /** What a client waits before it repeats a call, when nobody knows better. */
  static final Duration RETRY_DELAY = Duration.ofMillis(200);

  private static final Logger log = LoggerFactory.getLogger(Errors.class);

  private Errors() {}

  static CallException of(Reason reason, String message) {
    return of(reason, message, Map.of());
  }

  static CallException of(Reason reason, String message, Map<String, String> metadata) {
    return build(reason, message, metadata, RETRY_DELAY);
  }

  /** An error whose reason another room named, with the time after which it may be repeated. */
  static CallException named(String reason, String message, Duration retryAfter) {
    return named(reason, message, Map.of(), retryAfter);
  }

  static CallException refusal(dev.usher.seats.proto.Refusal refusal) {
    var metadata = new LinkedHashMap<String, String>();
    // A repeated key (the seats) is joined: metadata is a map.
    for (var detail : refusal.getDetailsList()) {
      metadata.merge(detail.getKey(), detail.getValue(), (a, b) -> a + "," + b);
    }
    return named(refusal.getReason(), refusal.getMessage(), metadata, RETRY_DELAY);
  }

  static CallException refusal(dev.usher.directory.proto.Refusal refusal) {
    return named(refusal.getReason(), refusal.getMessage(), RETRY_DELAY);
  }

  /** A proposal that was never made, and never will be. */
  static CallException rejected(Outcome.Reason reason, Optional<NodeId> leader) {
    return switch (reason) {
      case NO_LEADER -> noLeader(leader);
      case OVERLOADED -> overloaded();
      case DISK_FULL ->
          of(
              Reason.DISK_FULL,
              "The leader's disk is full; nothing was done, try again when there is space.");
      case REQUEST_ID_REUSED ->
          field(
              Reason.REQUEST_ID_REUSED,
              "request_id",
              "was used before with other parameters; a new request needs a new id");
    };
  }

  private static CallException overloaded() {
    return of(Reason.OVERLOADED, "Too many requests are waiting; nothing was done, try again.");
  }

  /** A read that was not made. */
  static CallException notRead(UnavailableException why) {
    return why.isOverload() ? overloaded() : noLeader(Optional.empty());
  }

  static CallException noLeader(Optional<NodeId> leader) {
    return of(
        Reason.NO_LEADER,
        "No leader could be reached in time; nothing was done, try again.",
        leader.map(node -> Map.of("leader", "nodes/" + node)).orElse(Map.of()));
  }

  /** A mutation that may or may not come to be. */
  static CallException outcomeUnknown() {
    return of(
        Reason.OUTCOME_UNKNOWN,
        "The outcome is not known yet; repeat the call with the same request_id to learn it,"
            + " which does nothing twice.");
  }

  static CallException deadlinePassed() {
    return of(
        Reason.DEADLINE_PASSED,
        "The deadline passed before the answer was there; nothing changed.");
  }

  /** Nobody is there any more to hear the answer. */
  static CallException callerGone() {
    return of(Reason.CALL_CANCELLED, "The caller gave up.");
  }

  static CallException notFound(String name) {
    return of(Reason.RESOURCE_NOT_FOUND, "There is no " + name + ".", Map.of("name", name));
  }

  static CallException violations(List<FieldViolation> violations) {
    return badRequest(Reason.FIELD_INVALID, violations);
  }

  /** One bad field. */
  static CallException field(Reason reason, String field, String description) {
    return badRequest(
        reason,
        List.of(FieldViolation.newBuilder().setField(field).setDescription(description).build()));
  }

  /** What nobody foresaw: details go to the log only, the client gets a reference to them. */
  static CallException internal(String reference, Throwable cause) {
    log.error("event=internal_error reference={}", reference, cause);
    return of(
        Reason.INTERNAL,
        "Something went wrong here; the log of this node has it under " + reference + ".",
        Map.of("reference", reference));
  }

  private static CallException named(
      String name, String message, Map<String, String> metadata, Duration retryAfter) {
    var reason = Reason.of(name);
    if (reason.isEmpty()) {
      throw new IllegalStateException("the reason " + name + " has no code");
    }
    return switch (reason.get()) {
      case PASSWORD_WEAK -> field(Reason.PASSWORD_WEAK, "password", message);
      case EMAIL_MALFORMED -> field(Reason.EMAIL_MALFORMED, "user.email", message);
      case REQUEST_ID_REUSED -> field(Reason.REQUEST_ID_REUSED, "request_id", message);
      default -> build(reason.get(), message, metadata, retryAfter);
    };
  }

  private static CallException badRequest(Reason reason, List<FieldViolation> violations) {
    var first = violations.get(0);
    var message =
        (first.getField().isEmpty() ? "" : first.getField() + ": ")
            + first.getDescription()
            + (violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)");
    var bad = BadRequest.newBuilder().addAllFieldViolations(violations).build();
    return new CallException(
        status(reason, message)
            .addDetails(Any.pack(info(reason, Map.of())))
            .addDetails(Any.pack(bad))
            .build());
  }

  private static CallException build(
      Reason reason, String message, Map<String, String> metadata, Duration retryAfter) {
    var told = Told.fitting(message, metadata);
    var status = status(reason, told.message()).addDetails(Any.pack(info(reason, told.metadata())));
    if (reason.retriable()) {
      var delay = retryAfter.isZero() ? RETRY_DELAY : retryAfter;
      status.addDetails(Any.pack(retryInfo(delay)));
    }
    return new CallException(status.build());
  }

  private static Status.Builder status(Reason reason, String message) {
    return Status.newBuilder().setCode(reason.code().getNumber()).setMessage(message);
  }

  private static ErrorInfo info(Reason reason, Map<String, String> metadata) {
    return ErrorInfo.newBuilder()
        .setDomain(DOMAIN)
        .setReason(reason.name())
        .putAllMetadata(metadata)
        .build();
  }

  private static Message retryInfo(Duration delay) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(delay.getSeconds())
                .setNanos(delay.getNano()))
        .build();
  }
}
