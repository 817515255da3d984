package dev.usher.journal;

import com.typesafe.config.Config;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.DirectoryReason;
import dev.usher.directory.JournalView;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.Refusal;
import dev.usher.raft.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * The journal's part of the replicated directory. A write whose fate is not known is proposed again
 * until it is: every journal command changes nothing when it comes a second time, so none needs a
 * place among the remembered answers. Safe for any thread.
 */
final class JournalLog {
  private final Directory directory;
  private final Duration timeout;
  private final Duration tryTimeout;
  private final LongSupplier nanos;
  private final Executor retries;

  /**
   * @param timeout of a write or read, its tries together
   * @param tryTimeout after which a proposal without an answer is made again
   * @param retries runs what happens after a pause
   */
  JournalLog(
      Directory directory,
      Duration timeout,
      Duration tryTimeout,
      LongSupplier nanos,
      Executor retries) {
    this.directory = directory;
    this.timeout = timeout;
    this.tryTimeout = tryTimeout;
    this.nanos = nanos;
    this.retries = retries;
  }

  static JournalLog of(Directory directory, Config config) {
    var tryTimeout = config.getDuration("try-timeout");
    return new JournalLog(
        directory,
        config.getDuration("timeout"),
        tryTimeout,
        System::nanoTime,
        CompletableFuture.delayedExecutor(
            config.getDuration("overload-pause").toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * Makes a command part of the log.
   *
   * @return fails with {@link JournalConflictException}, {@link JournalFullException} or {@link
   *     JournalUnavailableException}
   */
  CompletionStage<Done> write(DirectoryCommand command) {
    return write(command, nanos.getAsLong() + timeout.toNanos());
  }

  private CompletionStage<Done> write(DirectoryCommand command, long deadlineNanos) {
    return directory
        .propose("", Bytes.EMPTY, command, tryTimeout)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case DirectoryOutcome.Applied applied ->
                      CompletableFuture.completedFuture(Done.getInstance());
                  case DirectoryOutcome.Refused refused -> refused(refused.refusal());
                  case DirectoryOutcome.Unknown unknown ->
                      again(command, deadlineNanos, "no answer");
                  case DirectoryOutcome.Rejected(var reason) ->
                      again(command, deadlineNanos, reason.name());
                });
  }

  private CompletionStage<Done> again(DirectoryCommand command, long deadlineNanos, String why) {
    return nanos.getAsLong() >= deadlineNanos
        ? CompletableFuture.failedFuture(
            new JournalUnavailableException("not written within " + timeout + ": " + why))
        : CompletableFuture.completedFuture(command)
            .thenComposeAsync(same -> write(same, deadlineNanos), retries);
  }

  private static CompletionStage<Done> refused(Refusal refusal) {
    return CompletableFuture.failedFuture(
        refusal.getReason().equals(DirectoryReason.JOURNAL_CONFLICT.name())
            ? new JournalConflictException(refusal.getMessage())
            : new JournalFullException(refusal.getMessage()));
  }

  /** Sees all that was written before this call, on any node. */
  <R> CompletionStage<R> read(Function<JournalView, R> query) {
    return directory.read(view -> query.apply(view.journal()), timeout);
  }

  /** Sees at least what {@link #read} saw before on this node. */
  <R> CompletionStage<R> readOn(Function<JournalView, R> query) {
    return directory.replica().readStale(view -> query.apply(view.journal()));
  }

  /**
   * For Pekko, which looks at what a failure is: without the wrappers that stages put around it.
   */
  static <T> Future<T> asScala(CompletionStage<T> stage) {
    var bare = new CompletableFuture<T>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            bare.complete(value);
          } else {
            bare.completeExceptionally(bare(failure));
          }
        });
    return FutureConverters.asScala(bare);
  }

  /** Pekko's plugins answer with a Void, which is always null. */
  @SuppressWarnings("NullAway")
  static Future<Void> asVoid(CompletionStage<Done> stage) {
    return asScala(stage.thenApply(done -> null));
  }

  static Throwable bare(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? bare(failure.getCause())
        : failure;
  }
}
