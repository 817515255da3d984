package dev.usher.booking;

import com.google.protobuf.ByteString;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.DirectoryView;
import dev.usher.directory.proto.AppendEvents;
import dev.usher.directory.proto.DeleteEvents;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.EventRange;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalValue;
import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatModel;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.SeatState;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.SeatCommand;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The box office in a simulation: real models, sagas and debts; distance and time are simulated.
 */
final class SimHouse {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ORPHAN_AGE = Duration.ofSeconds(60);

  /** What recovery finds. */
  record Recovered(SagaMemory saga, long lastNumber) {}

  final SimClock clock;
  final LocalReplica<SeatView> seatLog =
      new LocalReplica<>(new GroupId("seats-0"), new SeatModel());
  final LocalReplica<DirectoryView> directoryLog =
      new LocalReplica<>(new GroupId("system"), new DirectoryModel());
  final SimLog<SeatView> wayToSeats;
  final SimLog<DirectoryView> wayToDirectory;
  final Bank bank = new Bank(() -> 0);
  final SeatGroups seats;
  final SimPayments payments;
  final SagaSteps steps;
  private final Directory directory;
  private final DebtPayer debts;
  private final OpenSagas openSagas;
  private final OrphanSweep orphans;
  private final Set<String> beingPaid = new HashSet<>();
  // An event in the journal is the place of the real one in here.
  private final List<SagaEvent> events = new ArrayList<>();

  SimHouse(long seed) {
    clock = new SimClock(new SplittableRandom(seed), LocalReplica.START_MS);
    wayToSeats = new SimLog<>(seatLog, clock, SeatModel::new);
    wayToDirectory = new SimLog<>(directoryLog, clock, DirectoryModel::new);
    directory = new Directory(wayToDirectory);
    seats = new SeatGroups(List.of(wayToSeats));
    payments = new SimPayments(bank, clock);
    debts = new DebtPayer(payments, seats, TIMEOUT);
    steps = new SagaSteps(seats, directory, payments, debts, TIMEOUT);
    openSagas = OpenSagas.in(directory, TIMEOUT);
    orphans = new OrphanSweep(seats, payments, openSagas, TIMEOUT);
    Stage.openSale(new SeatGroups(List.of(seatLog)));
    for (var name : List.of("ann", "bob")) {
      Stage.user(new Directory(directoryLog), name);
      Stage.card(new Directory(directoryLog), name, "pm-" + name);
    }
    for (var card : List.of(Bank.DECLINED_CARD, Bank.THREE_D_SECURE_CARD)) {
      Stage.card(new Directory(directoryLog), "ann", card);
    }
    clock.every(Duration.ofSeconds(1), () -> seatLog.setTime(clock.nowMs()));
    clock.every(Duration.ofSeconds(2), this::payDebts);
    clock.every(Duration.ofSeconds(10), this::sweepOrphans);
  }

  /** A hold of seat a-1. */
  void hold(String name, String holdId, Duration ttl) {
    var hold =
        CreateHold.newBuilder()
            .setEventId(Stage.EVENT)
            .setHoldId(holdId)
            .setUserId(name)
            .addSeatIds("a-1")
            .setTtlMillis(ttl.toMillis());
    Stage.propose(
        new SeatGroups(List.of(seatLog)),
        "hold/" + holdId,
        SeatCommand.newBuilder().setCreateHold(hold).build());
  }

  private void payDebts() {
    for (var booking : seatLog.readStale(view -> view.debts(100)).toCompletableFuture().join()) {
      if (beingPaid.add(booking.getBookingId())) {
        debts
            .pay(booking)
            .whenComplete((result, failure) -> beingPaid.remove(booking.getBookingId()));
      }
    }
  }

  private void sweepOrphans() {
    payments
        .openAuthorizations(clock.nowMs() - ORPHAN_AGE.toMillis())
        .thenAccept(
            found -> {
              if (found
                  instanceof
                  dev.usher.payment.PaymentProvider.Found<
                      List<dev.usher.payment.PaymentProvider.Payment>>(var open)) {
                open.forEach(orphans::sweep);
              }
            });
  }

  List<String> open() {
    return openSagas.open(100).toCompletableFuture().join().stream()
        .map(OpenSagas.Open::bookingId)
        .toList();
  }

  /**
   * What a saga begins with, from a copy of the journal that may lag behind.
   *
   * @param caughtUp after a write that was refused: that copy has what the other one wrote
   */
  CompletionStage<Recovered> recover(String bookingId, boolean caughtUp) {
    Function<DirectoryView, Recovered> query =
        view -> {
          SagaMemory memory = new SagaMemory.Nothing();
          var id = OpenSagas.PREFIX + bookingId;
          for (var event : view.journal().events(id, 1, Long.MAX_VALUE, 9, 1 << 20)) {
            memory =
                memory.after(
                    events.get(event.getPayload().getData().asReadOnlyByteBuffer().getInt()));
          }
          return new Recovered(memory, view.journal().highestSequenceNumber(id));
        };
    return caughtUp ? directory.read(query, TIMEOUT) : wayToDirectory.readStale(query);
  }

  /** Fails when the journal does not take it. */
  CompletionStage<DirectoryOutcome> persist(String bookingId, long number, SagaEvent event) {
    events.add(event);
    var place = ByteBuffer.allocate(4).putInt(0, events.size() - 1);
    var append =
        AppendEvents.newBuilder()
            .setPersistenceId(OpenSagas.PREFIX + bookingId)
            .setExpireAfterMillis(event instanceof SagaEvent.Declined ? 86_400_000 : 0)
            .addEvents(
                JournalEvent.newBuilder()
                    .setSequenceNumber(number)
                    .addTags(OpenSagas.homeTag(House.HERE))
                    .setPayload(JournalValue.newBuilder().setData(ByteString.copyFrom(place))));
    return directory
        .propose(
            "", Bytes.EMPTY, DirectoryCommand.newBuilder().setAppendEvents(append).build(), TIMEOUT)
        .thenCompose(
            outcome ->
                outcome instanceof DirectoryOutcome.Applied
                    ? CompletableFuture.completedFuture(outcome)
                    : CompletableFuture.failedFuture(
                        new IllegalStateException(outcome.toString())));
  }

  void delete(String bookingId, long to) {
    var range =
        EventRange.newBuilder()
            .setPersistenceId(OpenSagas.PREFIX + bookingId)
            .setToSequenceNumber(to);
    directory.propose(
        "",
        Bytes.EMPTY,
        DirectoryCommand.newBuilder()
            .setDeleteEvents(DeleteEvents.newBuilder().addRanges(range))
            .build(),
        TIMEOUT);
  }

  Audit.Report audit() {
    var booked = new HashSet<String>();
    seatLog.readStale(view -> view.seats(Stage.EVENT)).toCompletableFuture().join().stream()
        .filter(seat -> seat.state() == SeatState.BOOKED)
        .forEach(seat -> booked.add(Audit.seatName(Stage.EVENT, seat.seatId())));
    return Audit.of(
        new Audit.Books(
            bank.payments(),
            Set.copyOf(open()),
            seatLog
                .readStale(view -> view.bookingsAfter("", "", 1000))
                .toCompletableFuture()
                .join(),
            booked));
  }
}
