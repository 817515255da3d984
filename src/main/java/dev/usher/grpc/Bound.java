package dev.usher.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.HttpTerminated;
import org.apache.pekko.http.javadsl.ServerBinding;

/**
 * A client port that serves. It ends with its actor system by itself: in {@code service-unbind} it
 * accepts nothing more and ends the endless streams, which would hold the shutdown up; in {@code
 * service-requests-done} it waits for the calls that are being answered.
 */
public final class Bound {
  /** What a call that is being answered gets at most when the node shuts down. */
  public static final Duration REQUESTS_DONE_MOST = Duration.ofSeconds(8);

  private final ServerBinding binding;
  private final Traffic traffic;

  Bound(ServerBinding binding, Traffic traffic, ActorSystem<?> system) {
    this.binding = binding.addToCoordinatedShutdown(REQUESTS_DONE_MOST, system);
    this.traffic = traffic;
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "grpc-edge-drain", this::drain);
  }

  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /**
   * Sends clients to other nodes while it is on (UNAVAILABLE, DRAINING): their new calls and their
   * open watches. Operators and health checks are still answered.
   */
  public void divert(boolean on) {
    traffic.divert(on);
  }

  /** Calls of clients that are being answered. */
  public long callsUnderWay() {
    return traffic.underWay();
  }

  /**
   * Accepts nothing more, tells open streams and new calls on open connections to go to another
   * node (UNAVAILABLE, DRAINING), and lets calls that are being answered go on. Twice is as good as
   * once.
   */
  public CompletionStage<Done> drain() {
    traffic.close();
    return binding.unbind();
  }

  /** Drains, and closes all connections when their calls are answered or the time is up. */
  public CompletionStage<HttpTerminated> terminate(Duration deadline) {
    return drain().thenCompose(unbound -> binding.terminate(deadline));
  }
}
