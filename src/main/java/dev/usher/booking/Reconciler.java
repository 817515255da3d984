package dev.usher.booking;

import static java.util.Objects.requireNonNull;

import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.raft.GroupId;
import dev.usher.raft.Now;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Pays what dead sagas left: the debts of the seat groups that this node leads, and, on the leader
 * of the first group, the provider's open authorizations that no booking uses. One per node. Two at
 * work at once, around a change of leader, pay nothing twice.
 */
public final class Reconciler {
  /** More debts than this are left for the next look. */
  private static final int DEBTS_PER_LOOK = 500;

  public sealed interface Command {}

  private record Look() implements Command {}

  private record DebtsRead(GroupId group, List<BookingRecord> owed) implements Command {}

  private record Tried(GroupId group, BookingRecord booking, DebtPayer.Result result)
      implements Command {}

  private record Sweep() implements Command {}

  private record OpenAuthorizations(Lookup<List<Payment>> payments) implements Command {}

  private record Swept(Payment payment, OrphanSweep.End end) implements Command {}

  private final ActorContext<Command> context;
  private final SeatGroups seats;
  private final Payments payments;
  private final DebtPayer debts;
  private final OrphanSweep orphans;
  private final Supplier<Now> clock;
  private final ReconcilerSettings settings;
  private final Map<GroupId, DebtBook> books = new HashMap<>();
  private final Set<String> sweeping = new HashSet<>();

  private Reconciler(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SeatGroups seats,
      Payments payments,
      DebtPayer debts,
      OpenSagas sagas,
      Supplier<Now> clock,
      ReconcilerSettings settings) {
    this.context = context;
    this.seats = seats;
    this.payments = payments;
    this.debts = debts;
    this.clock = clock;
    this.settings = settings;
    this.orphans = new OrphanSweep(seats, payments, sagas, Duration.ofSeconds(5));
    seats.all().forEach(group -> books.put(group.group(), new DebtBook(settings)));
    timers.startTimerWithFixedDelay(new Look(), settings.every());
    timers.startTimerWithFixedDelay(new Sweep(), settings.sweepEvery());
  }

  public static Behavior<Command> create(
      SeatGroups seats,
      Payments payments,
      DebtPayer debts,
      OpenSagas sagas,
      Supplier<Now> clock,
      ReconcilerSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Reconciler(context, timers, seats, payments, debts, sagas, clock, settings)
                        .reconciling()));
  }

  private Behavior<Command> reconciling() {
    return Behaviors.receive(Command.class)
        .onMessage(Look.class, look -> look())
        .onMessage(DebtsRead.class, this::pay)
        .onMessage(Tried.class, this::note)
        .onMessage(Sweep.class, sweep -> sweep())
        .onMessage(OpenAuthorizations.class, this::sweep)
        .onMessage(Swept.class, this::swept)
        .build();
  }

  private Behavior<Command> look() {
    for (var group : seats.all()) {
      if (group.isLeader()) {
        context.pipeToSelf(
            group.readStale(Reconciler::owed),
            (owed, failure) -> new DebtsRead(group.group(), failure == null ? owed : List.of()));
      } else {
        book(group.group()).forgetIdle();
      }
    }
    return Behaviors.same();
  }

  private DebtBook book(GroupId group) {
    return requireNonNull(books.get(group), () -> "no book of " + group);
  }

  private static List<BookingRecord> owed(SeatView view) {
    return view.debts(DEBTS_PER_LOOK);
  }

  private Behavior<Command> pay(DebtsRead read) {
    for (var booking : book(read.group()).due(read.owed(), clock.get().monotonicMs())) {
      context.pipeToSelf(
          debts.pay(booking),
          (result, failure) ->
              new Tried(
                  read.group(),
                  booking,
                  failure == null ? result : new DebtPayer.StillOwed(String.valueOf(failure))));
    }
    return Behaviors.same();
  }

  private Behavior<Command> note(Tried tried) {
    var booking = tried.booking();
    var name = Refusals.bookingName(booking.getEventId(), booking.getBookingId());
    switch (tried.result()) {
      case DebtPayer.Paid(var after) -> {
        book(tried.group()).paid(booking);
        context.getLog().info("booking={} debt=paid state={}", name, after.getState());
      }
      case DebtPayer.StillOwed(var why) -> {
        long pauseMs = book(tried.group()).stillOwed(booking, clock.get().monotonicMs());
        context.getLog().warn("booking={} debt=owed retry-ms={} reason={}", name, pauseMs, why);
      }
    }
    return Behaviors.same();
  }

  private Behavior<Command> sweep() {
    if (!seats.all().getFirst().isLeader()) {
      return Behaviors.same();
    }
    long before = clock.get().wallMs() - settings.orphanAge().toMillis();
    context.pipeToSelf(
        payments.openAuthorizations(before),
        (found, failure) ->
            new OpenAuthorizations(
                failure == null ? found : new NotAnswered<>(String.valueOf(failure))));
    return Behaviors.same();
  }

  private Behavior<Command> sweep(OpenAuthorizations open) {
    switch (open.payments()) {
      case NotAnswered<List<Payment>>(var why) ->
          context.getLog().warn("sweep=postponed reason={}", why);
      case Found<List<Payment>>(var found) -> found.forEach(this::sweepOne);
    }
    return Behaviors.same();
  }

  private void sweepOne(Payment payment) {
    if (sweeping.size() < settings.inFlight() && sweeping.add(payment.paymentId())) {
      context.pipeToSelf(
          orphans.sweep(payment),
          (end, failure) ->
              new Swept(payment, failure == null ? end : OrphanSweep.End.LEFT_FOR_NOW));
    }
  }

  private Behavior<Command> swept(Swept swept) {
    sweeping.remove(swept.payment().paymentId());
    context.getLog().info("booking={} authorization={}", swept.payment().booking(), swept.end());
    return Behaviors.same();
  }
}
