package dev.usher.replica;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tries something again and again until it is settled, or the time is up. */
record Patience(long endNanos) {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What looks impossible is looked at so long: an answer may have been late. */
  private static final Duration DOUBT = Duration.ofSeconds(2);

  private static final Executor AFTER_PAUSE =
      CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);

  /** What one try came to. */
  sealed interface Step {}

  record Settled(MemberOutcome outcome) implements Step {}

  /** Try again; the outcome when there is no time for it. */
  record Wait(MemberOutcome outcome) implements Step {}

  /** Try again, but not for long. */
  record Doubt(MemberOutcome outcome) implements Step {}

  static Patience of(Duration time) {
    return new Patience(System.nanoTime() + time.toNanos());
  }

  static CompletionStage<Step> done(MemberOutcome outcome) {
    return CompletableFuture.completedFuture(new Settled(outcome));
  }

  static CompletionStage<Step> notYet(String why) {
    return CompletableFuture.completedFuture(new Wait(new MemberOutcome.NotYet(why)));
  }

  /** At least 1 ms. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
  }

  Duration atMost(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  CompletionStage<MemberOutcome> until(Supplier<CompletionStage<Step>> attempt) {
    long doubtEndNanos = Math.min(endNanos, System.nanoTime() + DOUBT.toNanos());
    return until(attempt, doubtEndNanos);
  }

  private CompletionStage<MemberOutcome> until(
      Supplier<CompletionStage<Step>> attempt, long doubtEndNanos) {
    return attempt
        .get()
        .thenCompose(
            step ->
                switch (step) {
                  case Settled settled -> CompletableFuture.completedFuture(settled.outcome());
                  case Wait wait -> again(attempt, wait.outcome(), endNanos, doubtEndNanos);
                  case Doubt doubt -> again(attempt, doubt.outcome(), doubtEndNanos, doubtEndNanos);
                });
  }

  private CompletionStage<MemberOutcome> again(
      Supplier<CompletionStage<Step>> attempt,
      MemberOutcome otherwise,
      long untilNanos,
      long doubtEndNanos) {
    return untilNanos - System.nanoTime() < PAUSE.toNanos()
        ? CompletableFuture.completedFuture(otherwise)
        : CompletableFuture.runAsync(() -> {}, AFTER_PAUSE)
            .thenCompose(paused -> until(attempt, doubtEndNanos));
  }
}
