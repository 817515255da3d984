package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.usher.auth.AuthActor;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.AuthSettings;
import dev.usher.auth.PasswordHasher;
import dev.usher.booking.Bookings.Order;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.journal.JournalSetup;
import dev.usher.payment.PaymentActor;
import dev.usher.payment.PaymentProvider;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.replica.LocalReplica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatModel;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.SeatCommand;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Everything a booking meets, with the real models and actors; only consensus and distance are
 * missing. Event "show" is on sale: a-1 to a-5 at 2500, f-1 for nothing.
 */
final class House implements AutoCloseable {
  static final String EVENT = Stage.EVENT;
  static final long PRICE = Stage.PRICE;
  static final Duration PATIENCE = Stage.PATIENCE;
  static final SagaSettings QUICK =
      new SagaSettings(
          Duration.ofSeconds(10),
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          Duration.ofSeconds(60),
          Duration.ofMillis(5),
          Duration.ofMinutes(15),
          Duration.ofSeconds(60),
          1000);

  static final NodeId HERE = new NodeId("node-1");

  // Logging in is not what these tests are about.
  private static final PasswordHasher HASHER =
      new PasswordHasher(Runnable::run, 1, new SecureRandom());

  final ActorTestKit kit;
  final AtomicLong nowMs = new AtomicLong(LocalReplica.START_MS);
  final LocalReplica<SeatView> seatLog =
      new LocalReplica<>(new GroupId("seats-0"), new SeatModel());
  final LossyLog wayToSeats = new LossyLog(seatLog);
  final LocalReplica<DirectoryView> directoryLog =
      new LocalReplica<>(new GroupId("system"), new DirectoryModel());
  final SeatGroups seats = new SeatGroups(List.of(wayToSeats));
  final Directory directory = new Directory(directoryLog);
  final Bank bank = new Bank(() -> seatLog.applied().size());
  final OpenSagas openSagas = OpenSagas.in(directory, PATIENCE);
  final Payments payments;
  final DebtPayer debts;
  final SagaShare share;

  /** The journal is this house's own, so its sagas have an actor system of their own. */
  final ActorTestKit sagas;

  House(ActorTestKit kit) {
    this(kit, QUICK);
  }

  House(ActorTestKit kit, SagaSettings settings) {
    this(kit, settings, Optional.empty());
  }

  /** With another provider than the {@link Bank}. */
  House(ActorTestKit kit, SagaSettings settings, Optional<PaymentProvider> provider) {
    this(kit, settings, provider, ConfigFactory.empty());
  }

  /** With other settings of the sagas' actor system. */
  House(
      ActorTestKit kit,
      SagaSettings settings,
      Optional<PaymentProvider> provider,
      Config sagaConfig) {
    this.kit = kit;
    sagas = sagaKit(directory, sagaConfig);
    payments =
        Payments.by(
            kit.spawn(PaymentActor.create(provider.orElse(bank))),
            kit.scheduler(),
            settings.stepTimeout());
    debts = new DebtPayer(payments, seats, settings.stepTimeout());
    var auth =
        kit.spawn(AuthActor.create(directory, HASHER, new SecureRandom(), AuthSettings.DEFAULT));
    share =
        new SagaShare(
            HERE,
            new SessionCheck(kit.scheduler(), auth),
            seats,
            new SagaSteps(seats, directory, payments, debts, settings.stepTimeout()),
            debts,
            new AwaitedBuyers(),
            settings,
            nowMs::get);
    Stage.openSale(seats);
  }

  private static ActorTestKit sagaKit(Directory directory, Config config) {
    return ActorTestKit.create(
        ActorSystem.create(
            Behaviors.empty(),
            "sagas",
            ActorSystemSetup.create(
                BootstrapSetup.create(sagaConfig(config)), new JournalSetup(directory))));
  }

  /** As the clustered system of a node has it, without the cluster. */
  private static Config sagaConfig(Config config) {
    return config
        .withFallback(ConfigFactory.parseString("pekko.actor.provider = local"))
        .withFallback(ConfigFactory.parseResources("usher-cluster.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  @Override
  public void close() {
    sagas.shutdownTestKit();
  }

  /** An account with a session "token-NAME" and a good card "pm-NAME". */
  House buyer(String name) {
    Stage.user(directory, name);
    return card(name, "pm-" + name);
  }

  House card(String name, String paymentMethodId) {
    Stage.card(directory, name, paymentMethodId);
    return this;
  }

  void hold(String name, String holdId, String... seatIds) {
    Stage.propose(seats, "hold/" + holdId, holdCommand(name, holdId, seatIds));
  }

  static SeatCommand holdCommand(String name, String holdId, String... seatIds) {
    return SeatCommand.newBuilder()
        .setCreateHold(
            CreateHold.newBuilder()
                .setEventId(EVENT)
                .setHoldId(holdId)
                .setUserId(name)
                .addAllSeatIds(List.of(seatIds))
                .setTtlMillis(600_000))
        .build();
  }

  /** An order for seats, paid with the buyer's own card. */
  static Order order(String name, String requestId, String... seatIds) {
    return paying(name, requestId, "pm-" + name, "", seatIds);
  }

  static Order paying(
      String name, String requestId, String paymentMethodId, String holdId, String... seatIds) {
    return new Order(
        new Secret("token-" + name),
        name,
        requestId,
        EVENT,
        List.of(seatIds),
        holdId,
        paymentMethodId,
        OptionalLong.empty(),
        "");
  }

  /** A node where bookings are asked for: a shard with the desks in it. */
  SagaNode node() {
    return new SagaNode(this);
  }

  ActorRef<Reconciler.Command> reconciler(ReconcilerSettings settings) {
    return kit.spawn(
        Reconciler.create(
            seats,
            payments,
            debts,
            openSagas,
            () -> new Now(System.nanoTime() / 1_000_000, System.currentTimeMillis()),
            settings));
  }

  static final ReconcilerSettings EAGER =
      new ReconcilerSettings(
          Duration.ofMillis(10),
          Duration.ZERO,
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ZERO,
          8);

  /** The bookings whose sagas have something in the journal. */
  List<String> open() {
    return await(openSagas.open(100)).stream().map(OpenSagas.Open::bookingId).toList();
  }

  Optional<BookingRecord> record(String name, String requestId) {
    return await(seatLog.readStale(view -> view.booking(EVENT, Ids.bookingId(name, requestId))));
  }

  BookingRecord awaitRecord(
      String name, String requestId, Function<BookingRecord, Boolean> condition) {
    return kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              var found = record(name, requestId);
              assertThat(found.filter(condition::apply)).as("%s", found).isPresent();
              return found.orElseThrow();
            });
  }

  /** The commands of a kind that reached the log, in order. */
  List<SeatCommand.CommandCase> commands() {
    return seatLog.applied().stream()
        .map(
            bytes -> {
              try {
                return SeatCommand.parseFrom(bytes.unsafeArray()).getCommandCase();
              } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  static <T> T await(CompletionStage<T> stage) {
    return Stage.await(stage);
  }
}
