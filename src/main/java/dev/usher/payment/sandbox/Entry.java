package dev.usher.payment.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answered request in the ledger; what a client was told follows from it alone.
 *
 * @param atMs when, milliseconds since 1970
 * @param key the Idempotency-Key, if it had one
 * @param fingerprint of the parameters, keyed with the secret key: see {@link Fingerprint}
 * @param puts new states of things; the first is the answer's subject
 * @param error what was refused
 * @param past the puts are in other entries, perhaps newer: only the answer counts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
    long atMs,
    @Nullable String key,
    @Nullable String fingerprint,
    List<LedgerObject> puts,
    @Nullable ApiError error,
    boolean past) {
  Entry {
    puts = List.copyOf(puts);
  }

  Entry(
      long atMs,
      @Nullable String key,
      @Nullable String fingerprint,
      List<LedgerObject> puts,
      @Nullable ApiError error) {
    this(atMs, key, fingerprint, puts, error, false);
  }

  /** What is still needed of it when its puts are kept elsewhere. */
  Entry answerOnly() {
    return new Entry(atMs, key, fingerprint, puts, error, true);
  }
}
