package dev.usher.node;

import com.typesafe.config.ConfigFactory;
import dev.usher.auth.AuthActor;
import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthSettings;
import dev.usher.auth.OperatorAccount;
import dev.usher.auth.PasswordHasher;
import dev.usher.booking.BookingDesk;
import dev.usher.booking.DebtPayer;
import dev.usher.booking.Reconciler;
import dev.usher.booking.ReconcilerSettings;
import dev.usher.booking.SagaSettings;
import dev.usher.booking.SagaShare;
import dev.usher.booking.SagaSteps;
import dev.usher.booking.ShardedBookings;
import dev.usher.chat.ChatDependencies;
import dev.usher.chat.ChatbotActor;
import dev.usher.chat.LiveReads;
import dev.usher.chat.ShardedChats;
import dev.usher.chat.language.LanguageReader;
import dev.usher.directory.Directory;
import dev.usher.grpc.Bound;
import dev.usher.grpc.EdgeDependencies;
import dev.usher.grpc.GrpcEdge;
import dev.usher.node.membership.ClusteredSystem;
import dev.usher.payment.PaymentActor;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import dev.usher.raft.Now;
import dev.usher.seats.SeatGroups;
import dev.usher.shards.HomeShards;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: every room, started from the ground up and stopped from the top down. When something
 * can't be started, what was started before it is stopped again.
 */
final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOP_STEP_WITHIN = Duration.ofSeconds(10);

  /** Passwords that are being hashed or wait for it; more are refused. */
  private static final int PASSWORDS_PENDING = 64;

  private final NodeSettings settings;
  private final Consumer<Throwable> onFatal;
  private final SecureRandom random = new SecureRandom();

  /** How to stop what was started, the latest first. */
  private final Deque<Runnable> stops = new ArrayDeque<>();

  private final long startedAtNanos = System.nanoTime();

  private Node(NodeSettings settings, Consumer<Throwable> onFatal) {
    this.settings = settings;
    this.onFatal = onFatal;
  }

  /**
   * Starts a node.
   *
   * @param onFatal called when the node must not go on; the process should halt
   * @throws RuntimeException with a message for a person; nothing is left running then
   */
  static Node start(NodeSettings settings, Consumer<Throwable> onFatal) {
    var node = new Node(settings, onFatal);
    try {
      node.start();
      return node;
    } catch (RuntimeException e) {
      node.stop();
      throw e;
    }
  }

  private void start() {
    var secretKey = NodeSettings.secret(settings.payment().secretKeyFile());
    var operatorPassword = NodeSettings.secret(settings.operator().passwordFile());
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "usher",
            ConfigFactory.parseResources("usher-node.conf")
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve());
    stops.push(() -> end(system));

    var ground = Ground.start(system, settings, this::uptimeSeconds, onFatal);
    stops.push(() -> await(ground.stop(), STOP_STEP_WITHIN, "the replicas to stop"));
    var directory = new Directory(ground.directory());
    var seats = new SeatGroups(ground.seats());

    var provider =
        new StripeProvider(
            StripeSettings.of(settings.payment().baseUrl(), secretKey)
                .withRequestTimeout(settings.payment().requestTimeout()));
    stops.push(provider::close);
    var payments = spawn(system, PaymentActor.create(provider), "payment");
    var auth = spawn(system, authActor(system, directory), "auth");
    spawn(
        system,
        OperatorAccount.create(
            auth,
            directory,
            settings.operator().email(),
            new AuthProtocol.Secret(operatorPassword)),
        "operator-account");

    var debts =
        new DebtPayer(system.scheduler(), payments, seats, settings.payment().requestTimeout());
    spawn(system, Reconciler.create(seats, payments, debts, Node::now, reconciler()), "reconciler");
    var steps = new SagaSteps(system.scheduler(), auth, payments, seats, directory);
    var share = new SagaShare(steps, debts, SagaSettings.DEFAULT);

    var clustered =
        new ClusteredSystem(
            ground.clusterSettings(),
            ground.peers(),
            () ->
                onFatal.accept(
                    new IllegalStateException("the clustered system did not come back")));
    var sagas =
        clustered.register(
            cluster ->
                HomeShards.<BookingDesk.Command>init(
                    cluster,
                    BookingDesk.KEY,
                    settings.self(),
                    new BookingDesk.Stop(),
                    (id, shard) -> BookingDesk.create(shard, share)));
    var bookings = new ShardedBookings(system, sagas, share);
    var language = LanguageReader.shipped("en");
    var chatting =
        ChatDependencies.of(
            language, settings.chatZone(), InstantSource.system(), new LiveReads(seats), bookings);
    var conversations =
        clustered.register(
            cluster ->
                HomeShards.<ChatbotActor.Command>init(
                    cluster,
                    ChatbotActor.KEY,
                    settings.self(),
                    new ChatbotActor.Stop(),
                    (id, shard) -> ChatbotActor.create(id, shard, chatting)));
    var nodes = settings.members().stream().map(NodeSettings.Member::id).toList();
    var chats = new ShardedChats(system, conversations, nodes, language);
    ground.membership(clustered);
    clustered.start(system);
    stops.push(() -> await(clustered.stop(), STOP_STEP_WITHIN, "the cluster to be left"));

    var readiness = new Readiness(ground, clustered);
    var edge =
        await(
            GrpcEdge.bind(
                system,
                new EdgeDependencies(
                    seats,
                    directory,
                    auth,
                    payments,
                    bookings,
                    chats,
                    rest -> settings.self() + "~" + rest,
                    ground.clusterControl(),
                    () -> readiness.missing().isEmpty(),
                    System::nanoTime,
                    random),
                settings.own().host(),
                settings.own().clientPort()),
            START_WITHIN,
            "the client port " + settings.own().clientAddress());
    stops.push(() -> drain(edge));

    var operations =
        OperationsServer.start(
            settings.own().host(),
            settings.own().operationsPort(),
            readiness::missing,
            new Metrics(ground, this::uptimeSeconds)::exposition);
    stops.push(operations::close);
  }

  /** Stops everything, the edge first. Never fails; what can't be stopped in time is left. */
  void stop() {
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        log.warn("stop cause={}", e.getMessage());
      }
    }
  }

  private Behavior<AuthProtocol.Request> authActor(ActorSystem<?> system, Directory directory) {
    var executor =
        system.dispatchers().lookup(DispatcherSelector.fromConfig("usher.password-dispatcher"));
    var hasher = new PasswordHasher(executor, PASSWORDS_PENDING, random);
    var limits = new AuthSettings(settings.sessionLifetime(), AuthSettings.DEFAULT.maxInFlight());
    return AuthActor.create(directory, hasher, random, limits);
  }

  private ReconcilerSettings reconciler() {
    var standard = ReconcilerSettings.DEFAULT;
    return new ReconcilerSettings(
        settings.booking().reconcileInterval(),
        settings.booking().debtGrace(),
        standard.firstBackoff(),
        standard.maxBackoff(),
        standard.sweepEvery(),
        settings.booking().orphanAuthorizationAge(),
        standard.inFlight());
  }

  private long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAtNanos);
  }

  private static Now now() {
    return new Now(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());
  }

  private static <T> ActorRef<T> spawn(ActorSystem<?> system, Behavior<T> behavior, String name) {
    return system.systemActorOf(behavior, name, Props.empty());
  }

  private static void drain(Bound edge) {
    await(edge.terminate(Bound.REQUESTS_DONE_MOST), STOP_STEP_WITHIN, "the client port to close");
  }

  private static void end(ActorSystem<?> system) {
    system.terminate();
    await(system.getWhenTerminated(), STOP_STEP_WITHIN, "the actor system to end");
  }

  /** Waits on the thread that starts or stops the node, which has nothing else to do. */
  static <T> T await(CompletionStage<T> stage, Duration within, String what) {
    try {
      return stage.toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + ": " + reason(e), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("waited " + within + " in vain for " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    }
  }

  private static String reason(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
