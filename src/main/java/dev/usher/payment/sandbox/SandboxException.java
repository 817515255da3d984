package dev.usher.payment.sandbox;

/** The sandbox cannot start or go on; the message is one sentence for whoever started it. */
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SandboxException(String message) {
    super(message);
  }

  SandboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
