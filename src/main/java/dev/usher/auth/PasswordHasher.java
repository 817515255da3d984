package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id, 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet): some 100 ms of a core
 * each, so it runs on an executor of its own and only so many wait. Safe for any thread.
 */
public final class PasswordHasher {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Executor executor;
  private final Semaphore room;
  private final String nobodysHash;

  /** No room for one more hash; nothing was begun. */
  static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusyException() {
      super("too many passwords wait to be hashed", null, false, false);
    }
  }

  /**
   * Makes a hasher.
   *
   * @param executor two threads at most, of their own: {@code usher.password-dispatcher}
   * @param maxPending hashes that run or wait
   * @param random for the hash that an unknown user's password is compared with
   */
  public PasswordHasher(Executor executor, int maxPending, SecureRandom random) {
    this.executor = executor;
    this.room = new Semaphore(maxPending);
    this.nobodysHash =
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                MEMORY_KIB, PASSES, LANES, base64(random, SALT_BYTES), base64(random, HASH_BYTES));
  }

  private static String base64(SecureRandom random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The encoded hash with a fresh salt. Fails with {@link BusyException}. */
  CompletableFuture<String> hash(Secret password) {
    return run(() -> Objects.requireNonNull(argon2.encode(password.value())));
  }

  /**
   * Is it the password of this hash? Without a hash the answer is no, after the same work: nobody
   * learns from the time it takes whether there is such a user. Fails with {@link BusyException}.
   */
  CompletableFuture<Boolean> matches(Secret password, @Nullable String encoded) {
    return run(
        () ->
            argon2.matches(password.value(), encoded == null ? nobodysHash : encoded)
                && encoded != null);
  }

  private <T> CompletableFuture<T> run(Supplier<T> work) {
    if (!room.tryAcquire()) {
      return CompletableFuture.failedFuture(new BusyException());
    }
    try {
      return CompletableFuture.supplyAsync(work, executor)
          .whenComplete((done, failure) -> room.release());
    } catch (RejectedExecutionException e) {
      room.release();
      return CompletableFuture.failedFuture(new BusyException());
    }
  }
}
