package dev.usher.grpc;

import com.typesafe.config.ConfigFactory;
import dev.usher.auth.AuthProtocol;
import dev.usher.booking.OpenSagas;
import dev.usher.booking.Payments;
import dev.usher.booking.Reconciliation;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.DirectoryView;
import dev.usher.directory.proto.CreateUser;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.payment.PaymentActor;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.PaymentWebhook;
import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatModel;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.CreateVenue;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.SeatCommand;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The edge on a free port over the real models, with everything else a small one of its own. Has a
 * venue {@code globe} of four seats (A-1 to A-4, 12.50 EUR) and can put events on there.
 */
final class House implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("usher-edge.conf").withFallback(ConfigFactory.load()));
  final LocalReplica<SeatView> first = new LocalReplica<>(new GroupId("seats-0"), new SeatModel());
  final LocalReplica<SeatView> second = new LocalReplica<>(new GroupId("seats-1"), new SeatModel());
  final LocalReplica<DirectoryView> system =
      new LocalReplica<>(new GroupId("system"), new DirectoryModel());
  final SeatGroups seats = new SeatGroups(List.of(first, second));
  final TestCluster cluster = new TestCluster();
  final DirectBookings bookings = new DirectBookings(seats);
  private final PaymentWebhook webhook;
  final Bound edge;
  final TestClient client;
  volatile boolean ready = true;

  House(PaymentProvider provider) {
    this(provider, WatchSettings.DEFAULT);
  }

  House(PaymentProvider provider, WatchSettings watchSettings) {
    this(provider, PaymentWebhook.none(), watchSettings);
  }

  House(PaymentProvider provider, PaymentWebhook webhook, WatchSettings watchSettings) {
    this.webhook = webhook;
    edge = bind(provider, seats, watchSettings);
    client = new TestClient(edge.address());
    propose(
        SeatCommand.newBuilder()
            .setCreateVenue(
                CreateVenue.newBuilder()
                    .setVenueId("globe")
                    .setDisplayName("The Globe")
                    .setCity("London")
                    .setPlan(plan(1, 4)))
            .build());
    signUp(TestAuth.ALICE);
    signUp(TestAuth.BOB);
  }

  /** Another edge of the same house, as another node would have it. */
  Bound bind(PaymentProvider provider, SeatGroups theSeats, WatchSettings watchSettings) {
    return bind(provider, theSeats, watchSettings, kit.spawn(TestAuth.create()));
  }

  /** Another edge of the same house, with other people. */
  Bound bind(ActorRef<AuthProtocol.Request> auth) {
    return bind(NoProvider.get(), seats, WatchSettings.DEFAULT, auth);
  }

  private Bound bind(
      PaymentProvider provider,
      SeatGroups theSeats,
      WatchSettings watchSettings,
      ActorRef<AuthProtocol.Request> auth) {
    var directory = new Directory(system);
    var payments = kit.spawn(PaymentActor.create(provider));
    var deps =
        new EdgeDependencies(
            theSeats,
            directory,
            auth,
            payments,
            webhook,
            bookings,
            new Reconciliation(
                theSeats,
                Payments.by(payments, kit.scheduler(), PATIENCE),
                OpenSagas.in(directory, PATIENCE),
                PATIENCE),
            new TestChats(),
            id -> "node-1~" + id,
            cluster,
            new TestMembers(),
            () -> ready,
            System::nanoTime,
            new SecureRandom());
    return await(
        GrpcEdge.bind(kit.system(), deps, "127.0.0.1", 0, watchSettings).toCompletableFuture());
  }

  /** An event at the globe, on sale. */
  void publish(String eventId) {
    publish(eventId, 1, 4);
  }

  /** An event in a hall of so many rows of so many seats. */
  void publish(String eventId, int rows, int seatsInARow) {
    draft(eventId, plan(rows, seatsInARow));
    propose(
        SeatCommand.newBuilder()
            .setPublishEvent(PublishEvent.newBuilder().setEventId(eventId))
            .build());
  }

  void draft(String eventId) {
    draft(eventId, plan(1, 4));
  }

  private void draft(String eventId, Plan plan) {
    propose(
        SeatCommand.newBuilder()
            .setCreateEvent(
                CreateEvent.newBuilder()
                    .setEventId(eventId)
                    .setDisplayName("Hamlet")
                    .setVenueId("globe")
                    .setVenueDisplayName("The Globe")
                    .setCity("London")
                    .setStartTimeMillis(LocalReplica.START_MS)
                    .setCurrency("EUR")
                    .addPrices(CategoryPrice.newBuilder().setCategory("stalls").setPriceMinor(1250))
                    .setSeatLimitPerBooking(3)
                    .setPlan(plan))
            .build());
  }

  void propose(SeatCommand command) {
    var outcome = await(seats.propose("", command, PATIENCE).toCompletableFuture());
    if (!(outcome instanceof SeatOutcome.Applied)) {
      throw new AssertionError(outcome.toString());
    }
  }

  /** Somebody whom {@link TestAuth} knows has an account to keep cards in. */
  void signUp(String userId) {
    var command =
        DirectoryCommand.newBuilder()
            .setCreateUser(
                CreateUser.newBuilder()
                    .setUserId(userId)
                    .setEmail(userId + "@example.org")
                    .setPasswordHash("none")
                    .addRoles("CUSTOMER"))
            .build();
    var outcome =
        await(
            new Directory(system)
                .propose("", Bytes.EMPTY, command, PATIENCE)
                .toCompletableFuture());
    if (!(outcome instanceof DirectoryOutcome.Applied)) {
      throw new AssertionError(outcome.toString());
    }
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new CompletionException(e);
    }
  }

  private static Plan plan(int rows, int seatsInARow) {
    var plan = Plan.newBuilder().addCategories("stalls");
    for (int r = 0; r < rows; r++) {
      var row = String.valueOf((char) ('A' + r));
      for (int i = 1; i <= seatsInARow; i++) {
        plan.addSeats(
            PlanSeat.newBuilder()
                .setSeatId(row + "-" + i)
                .setSection("Stalls")
                .setRow(row)
                .setNumber(Integer.toString(i))
                .setCategory("stalls")
                .setX(i)
                .setY(r));
      }
    }
    return plan.build();
  }

  @Override
  public void close() {
    client.close();
    kit.shutdownTestKit();
  }
}
