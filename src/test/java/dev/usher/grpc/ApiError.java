package dev.usher.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An error as a client reads it: code, message and the details of AIP-193. */
record ApiError(
    Code code,
    String message,
    String domain,
    String reason,
    Map<String, String> metadata,
    List<String> fields,
    boolean mayBeRetried) {

  static ApiError of(StatusRuntimeException e) {
    Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      throw new AssertionError("no google.rpc.Status in the trailers", e);
    }
    return of(status);
  }

  static ApiError of(Status status) {
    var info = detail(status, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
    var bad = detail(status, BadRequest.class).orElse(BadRequest.getDefaultInstance());
    return new ApiError(
        io.grpc.Status.fromCodeValue(status.getCode()).getCode(),
        status.getMessage(),
        info.getDomain(),
        info.getReason(),
        info.getMetadataMap(),
        bad.getFieldViolationsList().stream().map(BadRequest.FieldViolation::getField).toList(),
        detail(status, RetryInfo.class).isPresent());
  }

  private static <T extends Message> Optional<T> detail(Status status, Class<T> type) {
    for (var detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
    return Optional.empty();
  }
}
