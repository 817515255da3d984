package dev.usher.sim;

/** A run broke a promise; the message has all that is needed to see it again. */
final class SimFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  SimFailure(String message) {
    super(message);
  }

  SimFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static void check(boolean holds, String promise, Object about) {
    if (!holds) {
      throw new SimFailure(promise + ": " + about);
    }
  }

  /** Puts its arguments into words only when the promise is broken: this is the hot path. */
  static void check(boolean holds, String promise, Object who, Object about) {
    if (!holds) {
      throw new SimFailure(promise + ": " + who + " " + about);
    }
  }
}
