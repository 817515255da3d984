package dev.usher.grpc;

import com.google.rpc.Status;

/**
 * A call's definite end without a result: what the client is told. Has no stack trace, since 29 of
 * 30 racing buyers get one.
 */
final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Status status;

  CallException(Status status) {
    super(status.getMessage(), null, false, false);
    this.status = status;
  }

  /** Code, message and details as AIP-193 has them. */
  Status status() {
    return status;
  }
}
