package dev.usher.booking;

import dev.usher.booking.SagaEvent.Declined;
import dev.usher.booking.SagaEvent.Intended;

/** What a saga knows of itself after a recovery. */
sealed interface SagaMemory {
  record Nothing() implements SagaMemory {}

  record Open(Intent intent) implements SagaMemory {}

  record Ended(Intent intent, Declined declined) implements SagaMemory {}

  default SagaMemory after(SagaEvent event) {
    return switch (event) {
      case Intended(var intent) -> new Open(intent);
      case Declined declined ->
          switch (this) {
            case Open(var intent) -> new Ended(intent, declined);
            case Ended ended -> ended;
            case Nothing nothing ->
                throw new IllegalStateException("declined without having been asked for");
          };
    };
  }
}
