package dev.usher.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.HttpTerminated;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.SharedKillSwitch;

/**
 * A client port that serves. It ends with its actor system by itself: in {@code service-unbind} it
 * accepts nothing more and ends the endless streams, which would hold the shutdown up; in {@code
 * service-requests-done} it waits for the calls that are being answered.
 */
public final class Bound {
  /** What a call that is being answered gets at most when the node shuts down. */
  public static final Duration REQUESTS_DONE_MOST = Duration.ofSeconds(8);

  private final ServerBinding binding;
  private final AtomicBoolean draining;
  private final SharedKillSwitch streams;

  Bound(
      ServerBinding binding,
      AtomicBoolean draining,
      SharedKillSwitch streams,
      ActorSystem<?> system) {
    this.binding = binding.addToCoordinatedShutdown(REQUESTS_DONE_MOST, system);
    this.draining = draining;
    this.streams = streams;
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "grpc-edge-drain", this::drain);
  }

  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /**
   * Accepts nothing more, tells open streams and new calls on open connections to go to another
   * node (UNAVAILABLE, DRAINING), and lets calls that are being answered go on. Twice is as good as
   * once.
   */
  public CompletionStage<Done> drain() {
    draining.set(true);
    streams.abort(Errors.of(Reason.DRAINING, "This node is shutting down; go on at another one."));
    return binding.unbind();
  }

  /** Drains, and closes all connections when their calls are answered or the time is up. */
  public CompletionStage<HttpTerminated> terminate(Duration deadline) {
    return drain().thenCompose(unbound -> binding.terminate(deadline));
  }
}
