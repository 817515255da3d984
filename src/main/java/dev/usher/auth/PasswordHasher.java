package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Secret;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords: some 100 ms of a core each, so it is done on an executor of its own, and only
 * so many wait. Safe for any thread.
 */
public final class PasswordHasher {
  private final Executor executor;
  private final Semaphore room;
  private final SecureRandom random;
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
   */
  public PasswordHasher(Executor executor, int maxPending, SecureRandom random) {
    this.executor = executor;
    this.room = new Semaphore(maxPending);
    this.random = random;
    this.nobodysHash = Argon2.ofNobody(random);
  }

  /** The encoded hash with a fresh salt. Fails with {@link BusyException}. */
  CompletableFuture<String> hash(Secret password) {
    return run(() -> Argon2.encode(password, random));
  }

  /**
   * Is it the password of this hash? Without a hash the answer is no, after the same work: nobody
   * learns from the time it takes whether there is such a user. Fails with {@link BusyException}.
   */
  CompletableFuture<Boolean> matches(Secret password, @Nullable String encoded) {
    return run(
        () -> Argon2.matches(password, encoded == null ? nobodysHash : encoded) && encoded != null);
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
