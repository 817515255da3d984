package dev.usher.payment.sandbox;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running payment sandbox: Stripe's PaymentIntents over HTTP, test cards only, with a ledger on
 * disk, a page for 3-D Secure, webhooks and faults. What it answered survives SIGKILL. Limits: a
 * body of 64 KiB, 4,096 connections, {@value Ledger#MAX_WAITING} waiting requests (429 beyond),
 * {@value Cashier#MAX_OBJECTS} payments and cards (507 beyond). It has an actor system of its own,
 * apart from any node's.
 */
public final class Sandbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final SandboxSettings settings;
  private final Ledger ledger;
  private final ActorSystem<Void> system;
  private final ServerBinding binding;
  private final Messenger messenger;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Sandbox(
      SandboxSettings settings,
      Ledger ledger,
      ActorSystem<Void> system,
      ServerBinding binding,
      Messenger messenger) {
    this.settings = settings;
    this.ledger = ledger;
    this.system = system;
    this.binding = binding;
    this.messenger = messenger;
  }

  /**
   * Starts it and returns when it serves.
   *
   * @throws SandboxException with one sentence: port in use, ledger in use or damaged
   */
  public static Sandbox start(SandboxSettings settings) {
    return start(settings, InstantSource.system());
  }

  /** As {@link #start(SandboxSettings)}, with another clock: it tells when keys are forgotten. */
  public static Sandbox start(SandboxSettings settings, InstantSource clock) {
    return start(settings, clock, Sandbox::afterwards);
  }

  /**
   * @param pause completes after that time: how long the faults are silent
   */
  static Sandbox start(
      SandboxSettings settings,
      InstantSource clock,
      Function<Duration, CompletionStage<Boolean>> pause) {
    int port = freePort(settings);
    var house =
        LedgerHouse.open(
            settings.dataDir(),
            settings.webhooks(),
            LedgerHouse.SHORTENED_FROM_BYTES,
            clock.millis());
    var ledger = new Ledger(house.books(), house.file(), clock::millis).start();
    var random = new SecureRandom();
    Function<String, String> ids = prefix -> mint(prefix, random);
    var faults = new Faults();
    var pages = "http://" + settings.host() + ":" + port + AuthenticationPage.PATH;
    var json = new StripeJson(id -> pages + id);
    var desks =
        new Api.Desks(
            new Cashier(ids), new IntentClerk(ids), new Witness(ids), new FaultDesk(faults, pause));
    var api = new Api(ledger, desks, json, settings.secretKey());
    var system = ActorSystem.<Void>create(Behaviors.empty(), "usher-sandbox", config());
    try {
      var binding =
          Http.get(system)
              .newServerAt(settings.host(), port)
              .bind(new HttpFront(api, system)::handle)
              .toCompletableFuture()
              .join();
      var messenger =
          new Messenger(
              new WebhookSender(ledger, settings.webhooks(), json, faults, clock::millis),
              !settings.webhooks().isEmpty());
      var sandbox = new Sandbox(settings, ledger, system, binding, messenger);
      LOG.info("sandbox started address={} ledger={}", sandbox.baseUrl(), settings.dataDir());
      return sandbox;
    } catch (CompletionException e) {
      system.terminate();
      close(ledger);
      throw explain(settings, e.getCause() == null ? e : e.getCause());
    }
  }

  private static CompletionStage<Boolean> afterwards(Duration time) {
    return new CompletableFuture<Boolean>()
        .completeOnTimeout(true, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asked before anything is begun: an actor system would print a stack trace. */
  private static int freePort(SandboxSettings settings) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw explain(settings, e);
    }
  }

  private static SandboxException explain(SandboxSettings settings, Throwable cause) {
    boolean busy = cause instanceof BindException || cause.getCause() instanceof BindException;
    var reason =
        busy
            ? "the port is in use, or the host is not this machine's: stop what listens there or"
                + " set usher.sandbox.port"
            : cause.toString();
    return new SandboxException(
        "the payment sandbox cannot listen on %s:%d: %s"
            .formatted(settings.host(), settings.port(), reason),
        cause);
  }

  private static String mint(String prefix, SecureRandom random) {
    var id = new StringBuilder(prefix);
    random.ints(24, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
    return id.toString();
  }

  /** Nothing of a node's configuration: only the libraries' defaults and this. */
  private static Config config() {
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = local
            pekko.loglevel = WARNING
            pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
            pekko.logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
            pekko.logger-startup-timeout = 60s
            pekko.jvm-exit-on-fatal-error = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.http.server.server-header = "usher-sandbox"
            pekko.http.server.max-connections = 4096
            pekko.http.server.pipelining-limit = 1
            pekko.http.server.idle-timeout = 60s
            pekko.http.server.request-timeout = infinite
            pekko.http.server.backlog = 1024
            # Stripe's own client sends expand[] as it is.
            pekko.http.server.parsing.uri-parsing-mode = relaxed
            pekko.http.server.parsing.max-content-length = 64k
            """)
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  public int port() {
    return binding.localAddress().getPort();
  }

  /** For example {@code http://127.0.0.1:7500}. */
  public String baseUrl() {
    return "http://" + settings.host() + ":" + port();
  }

  /**
   * Completes when it no longer serves: empty after {@link #close}, else with what went wrong with
   * the ledger; then the process should exit with an error.
   */
  public CompletionStage<Optional<Throwable>> ended() {
    return ledger.ended();
  }

  /** Stops serving; what was answered is on disk. Twice is as good as once. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      messenger.close();
      binding.unbind().toCompletableFuture().join();
      binding.terminate(STOP_WITHIN).toCompletableFuture().join();
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      close(ledger);
    }
  }

  private static void close(Ledger ledger) {
    try {
      ledger.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the payment ledger", e);
    }
  }
}
