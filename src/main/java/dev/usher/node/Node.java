package dev.usher.node;

import com.typesafe.config.ConfigFactory;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.directory.Directory;
import dev.usher.grpc.Bound;
import dev.usher.grpc.EdgeDependencies;
import dev.usher.grpc.GrpcEdge;
import dev.usher.journal.JournalSetup;
import dev.usher.node.membership.ClusteredSystem;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
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
    var operatorPassword = new Secret(NodeSettings.secret(settings.operator().passwordFile()));

    var system = actorSystem();
    stops.push(() -> end(system));
    var ground = Ground.start(system, settings, this::uptimeSeconds, onFatal);
    stops.push(() -> await(ground.stop(), STOP_STEP_WITHIN, "the replicas to stop"));
    var provider = new StripeProvider(stripe(secretKey));
    stops.push(provider::close);
    var clustered =
        new ClusteredSystem(
            ground.clusterSettings(),
            ground.peers(),
            this::outcast,
            new JournalSetup(new Directory(ground.directory())));
    ground.membership(clustered);
    var services = new Services(system, settings, ground, provider, clustered, random);
    services.makeOperator(operatorPassword);
    clustered.start(system);
    stops.push(() -> await(clustered.stop(), STOP_STEP_WITHIN, "the cluster to be left"));

    var readiness = new Readiness(ground, clustered);
    var edge = edge(system, services.edge(ground, () -> readiness.missing().isEmpty()));
    stops.push(() -> drain(edge));
    ground.callsUnderWay(edge::callsUnderWay);
    ground.draining().follow(edge::divert);
    var metrics = new Metrics(ground, this::uptimeSeconds, System::currentTimeMillis);
    var own = settings.own();
    var operations =
        OperationsServer.start(
            own.host(), own.operationsPort(), readiness::missing, metrics::exposition);
    stops.push(operations::close);
  }

  static ActorSystem<Void> actorSystem() {
    return ActorSystem.create(
        Behaviors.empty(),
        "usher",
        ConfigFactory.parseResources("usher-node.conf")
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve());
  }

  private StripeSettings stripe(String secretKey) {
    var own = settings.own();
    var page = "http://" + own.host() + ":" + own.clientPort() + "/payments/returned";
    var returnUrl = settings.payment().returnUrl().orElseGet(() -> URI.create(page));
    return StripeSettings.of(settings.payment().baseUrl(), secretKey, returnUrl)
        .withRequestTimeout(settings.payment().requestTimeout());
  }

  private Bound edge(ActorSystem<?> system, EdgeDependencies dependencies) {
    var own = settings.own();
    return await(
        GrpcEdge.bind(system, dependencies, own.host(), own.clientPort()),
        START_WITHIN,
        "the client port " + own.clientAddress());
  }

  private void outcast() {
    onFatal.accept(new IllegalStateException("the clustered system did not come back"));
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

  private long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAtNanos);
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
