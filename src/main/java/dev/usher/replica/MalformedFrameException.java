package dev.usher.replica;

/** A peer sent something that no node of this version sends. */
final class MalformedFrameException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedFrameException(String message) {
    super(message);
  }
}
