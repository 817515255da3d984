package dev.usher.booking;

import com.typesafe.config.ConfigFactory;
import dev.usher.booking.SagaEvent.Declined;
import dev.usher.booking.SagaEvent.Intended;
import dev.usher.booking.SagaStep.Check;
import dev.usher.booking.SagaStep.Decline;
import dev.usher.booking.SagaStep.End;
import dev.usher.booking.SagaStep.Intend;
import dev.usher.journal.ExpiryTag;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.JournalProtocol.DeleteMessagesTo;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One booking on its way, after the session was found valid: does the steps that {@link SagaFlow}
 * says, and writes down before money is touched what it is about to do. When it dies, whoever is
 * started under the same booking id goes on. Two copies may live on two nodes: every step is
 * idempotent, of two who write down at once the journal fails one, and the log decides.
 */
final class BookingSaga extends EventSourcedBehavior<BookingSaga.Command, SagaEvent, SagaMemory> {
  /** What it is started for. */
  sealed interface Errand {}

  /**
   * A new order, or a repeat.
   *
   * @param within how long the look at the seats may take: as long as the first asker waits
   */
  record Book(Wanted wanted, boolean interactive, Duration within) implements Errand {}

  /** To finish what is in the journal. */
  record Resume() implements Errand {}

  sealed interface Command {}

  private record Take(SagaStep step) implements Command {}

  private record Act(SagaStep step) implements Command {}

  private record Done(SagaStep step, SagaAnswer answer) implements Command {}

  private record Rest() implements Command {}

  /** The provider has news: what waits for its buyer asks now. */
  private record Hurry() implements Command {}

  private static final Logger log = LoggerFactory.getLogger(BookingSaga.class);

  /** How long the answers of one booking are the same (G7). */
  private static final Duration MEMORY = Duration.ofHours(24);

  private final ActorContext<Command> context;
  private final org.apache.pekko.actor.typed.ActorRef<BookingDesk.Command> desk;
  private final Errand errand;
  private final SagaShare share;
  private final SagaFlow flow;
  private final String bookingId;
  private final Runnable hurry;
  private @Nullable SagaStep current;
  private boolean pausing;

  /** There was news since what is under way was asked for, so the answer may be older. */
  private boolean hurried;

  private BookingSaga(
      ActorContext<Command> context,
      org.apache.pekko.actor.typed.ActorRef<BookingDesk.Command> desk,
      String bookingId,
      Errand errand,
      SagaShare share) {
    // A journal without a leader, or another copy that was faster: recover and look again.
    super(
        PersistenceId.ofUniqueId(OpenSagas.PREFIX + bookingId),
        SupervisorStrategy.restartWithBackoff(
            share.settings().firstBackoff(), share.settings().maxBackoff(), 0.1));
    this.context = context;
    this.desk = desk;
    this.errand = errand;
    this.share = share;
    this.flow = new SagaFlow(share.settings());
    this.bookingId = bookingId;
    var self = context.getSelf();
    this.hurry = () -> self.tell(new Hurry());
  }

  static Behavior<Command> create(
      org.apache.pekko.actor.typed.ActorRef<BookingDesk.Command> desk,
      String bookingId,
      Errand errand,
      SagaShare share) {
    return Behaviors.setup(
        context -> {
          context.scheduleOnce(share.settings().patience(), context.getSelf(), new Rest());
          return new BookingSaga(context, desk, bookingId, errand, share);
        });
  }

  /** It never saves a snapshot, so there is none to look for. */
  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public SagaMemory emptyState() {
    return new SagaMemory.Nothing();
  }

  @Override
  public EventHandler<SagaMemory, SagaEvent> eventHandler() {
    return SagaMemory::after;
  }

  @Override
  public Set<String> tagsFor(SagaEvent event) {
    return switch (event) {
      case Intended intended -> Set.of(OpenSagas.homeTag(share.home()));
      case Declined declined -> Set.of(ExpiryTag.of(MEMORY));
    };
  }

  @Override
  public SignalHandler<SagaMemory> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(PreRestart.instance(), memory -> share.awaited().remove(bookingId, hurry))
        .onSignal(PostStop.instance(), memory -> share.awaited().remove(bookingId, hurry))
        .build();
  }

  private void recovered(SagaMemory memory) {
    switch (memory) {
      case SagaMemory.Nothing nothing -> {
        switch (errand) {
          case Book(var wanted, var interactive, var within) ->
              context.getSelf().tell(new Take(new Check(wanted, interactive, within)));
          case Resume resume -> {
            desk.tell(new BookingDesk.NothingToDo());
            context.getSelf().tell(new Rest());
          }
        }
      }
      case SagaMemory.Open(var intent) -> context.getSelf().tell(new Take(flow.resume(intent)));
      case SagaMemory.Ended(var intent, var declined) ->
          context
              .getSelf()
              .tell(
                  new Take(
                      flow.next(
                          new Decline(intent, declined.declineCode(), declined.message()),
                          new SagaAnswer.Persisted(),
                          nowMs())));
    }
  }

  @Override
  public CommandHandler<Command, SagaEvent, SagaMemory> commandHandler() {
    return (memory, command) ->
        switch (command) {
          case Take(var step) -> take(step);
          case Act(var step) -> pausing && isCurrent(step) ? act(step) : Effect().none();
          case Hurry news -> hurry();
          case Done(var step, var answer) ->
              // What was asked for before a restart is asked for again.
              isCurrent(step) ? take(flow.next(step, answer, nowMs())) : Effect().none();
          case Rest rest -> Effect().stop();
        };
  }

  /** Whether it is this very step, not one before it that was like it. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isCurrent(SagaStep step) {
    return step == current;
  }

  private Effect<SagaEvent, SagaMemory> hurry() {
    if (pausing && current instanceof SagaStep.AwaitBuyer step) {
      return act(step);
    }
    hurried = true;
    return Effect().none();
  }

  private Effect<SagaEvent, SagaMemory> take(SagaStep step) {
    current = step;
    boolean awaitsBuyer = step instanceof SagaStep.AwaitBuyer;
    pausing = !step.pause().isZero() && !(hurried && awaitsBuyer);
    if (awaitsBuyer) {
      share.awaited().add(bookingId, hurry);
    } else {
      share.awaited().remove(bookingId, hurry);
    }
    desk.tell(new BookingDesk.Interim(step.wanted(), step.interim(), awaitsBuyer));
    if (!pausing) {
      return act(step);
    }
    context.scheduleOnce(step.pause(), context.getSelf(), new Act(step));
    return Effect().none();
  }

  private Effect<SagaEvent, SagaMemory> act(SagaStep step) {
    pausing = false;
    hurried = false;
    return switch (step) {
      case Intend(var intent) -> write(step, new Intended(intent));
      case Decline(var intent, var code, var message) -> write(step, new Declined(code, message));
      case End end -> end(end);
      case SagaStep.Outward outward -> reachOut(outward);
    };
  }

  private Effect<SagaEvent, SagaMemory> write(SagaStep step, SagaEvent event) {
    return Effect()
        .persist(event)
        .thenRun(() -> context.getSelf().tell(new Done(step, new SagaAnswer.Persisted())));
  }

  private Effect<SagaEvent, SagaMemory> reachOut(SagaStep.Outward step) {
    context.pipeToSelf(
        share.steps().perform(step),
        (answer, failure) -> {
          if (failure != null) {
            throw new IllegalStateException("a step failed that never fails", failure);
          }
          note(step, answer);
          return new Done(step, answer);
        });
    return Effect().none();
  }

  private Effect<SagaEvent, SagaMemory> end(End end) {
    desk.tell(new BookingDesk.Over(end.wanted(), end.interim(), end.last()));
    long written = lastSequenceNumber(context);
    if (end.settled() && written > 0) {
      // On whatever journal it is; if this gets lost the sweep wakes the saga, which comes here.
      var system = Adapter.toClassic(context.getSystem());
      Persistence.get(system)
          .journalFor(journalPluginId(), ConfigFactory.empty())
          .tell(
              new DeleteMessagesTo(persistenceId().id(), written, system.deadLetters()),
              ActorRef.noSender());
    }
    return Effect().stop();
  }

  private void note(SagaStep step, SagaAnswer answer) {
    var trouble =
        switch (answer) {
          case SagaAnswer.Asked(Unanswered(var why)) -> why;
          case SagaAnswer.Payments(NotAnswered<List<Payment>>(var why)) -> why;
          case SagaAnswer.Tried(DebtPayer.StillOwed(var why)) -> why;
          case SagaAnswer any -> "";
        };
    if (!trouble.isEmpty()) {
      log.warn("booking={} step={} reason={}", step.wanted().name(), step.point(), trouble);
    }
  }

  private long nowMs() {
    return share.wallClock().getAsLong();
  }
}
