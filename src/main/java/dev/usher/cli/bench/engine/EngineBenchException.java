package dev.usher.cli.bench.engine;

import org.jspecify.annotations.Nullable;

/** The engine's bench can't give figures; the message is for people. */
public final class EngineBenchException extends RuntimeException {
  EngineBenchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
