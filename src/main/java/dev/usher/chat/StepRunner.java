package dev.usher.chat;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Step;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries out a step of the dialogue and says how to go on. Safe for any thread. */
final class StepRunner {
  private final ChatDependencies deps;

  StepRunner(ChatDependencies deps) {
    this.deps = deps;
  }

  /**
   * Does what a step asks for outside of the conversation.
   *
   * @param said whose turn it is
   * @return the next step, to be made by the conversation itself; fails when a read failed, and
   *     then nothing was changed
   */
  CompletionStage<Supplier<Step>> run(Step step, Chats.Turn said, Duration timeout) {
    return switch (step) {
      case Step.Say say -> CompletableFuture.completedFuture(() -> say);
      case Step.ReadSeats read -> then(deps.reads().seats(read.eventId(), timeout), read.then());
      case Step.ReadBookings read ->
          then(deps.reads().bookingsOf(said.userId(), timeout), read.then());
      case Step.ReadCards read -> then(deps.reads().cardsOf(said.userId(), timeout), read.then());
      case Step.Hold hold -> then(deps.holds().hold(said.userId(), hold, timeout), hold.then());
      case Step.Release release ->
          deps.holds()
              .release(said.userId(), release.held(), timeout)
              .thenApply(released -> release.then());
      case Step.Book book ->
          then(known(deps.bookings().book(order(said, book), timeout)), book.then());
      case Step.Cancel cancel ->
          then(known(deps.bookings().cancel(cancellation(said, cancel), timeout)), cancel.then());
    };
  }

  private static <T> CompletionStage<Supplier<Step>> then(
      CompletionStage<T> stage, Function<T, Step> then) {
    return stage.thenApply(value -> () -> then.apply(value));
  }

  /** An act that fails may still have been done: its outcome is unknown, not bad. */
  private static CompletionStage<Bookings.Result> known(CompletionStage<Bookings.Result> act) {
    return act.exceptionally(
        failure -> new Bookings.Unavailable("OUTCOME_UNKNOWN", "no answer in time"));
  }

  private static Bookings.Order order(Chats.Turn said, Step.Book book) {
    return new Bookings.Order(
        said.token(),
        said.userId(),
        book.requestId(),
        book.eventId(),
        List.of(),
        book.holdId(),
        book.paymentMethodId(),
        OptionalLong.of(book.totalMinor()),
        book.currency());
  }

  private static Bookings.Cancellation cancellation(Chats.Turn said, Step.Cancel cancel) {
    return new Bookings.Cancellation(
        said.token(), said.userId(), cancel.requestId(), cancel.eventId(), cancel.bookingId());
  }
}
