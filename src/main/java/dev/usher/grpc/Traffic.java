package dev.usher.grpc;

import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.health.v1.Health;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;

/**
 * What goes through the client port: whether new calls are taken or sent to other nodes, how many
 * are being answered, and the streams that would never end by themselves. Safe for any thread.
 */
final class Traffic {
  private enum State {
    OPEN,
    /** The operator drains this node, and may change their mind. */
    DIVERTED,
    /** This node is shutting down. */
    CLOSED
  }

  /** Clients come through these, operators and load balancers through all others. */
  private static final Set<String> NOT_DIVERTED =
      Set.of(ClusterService.name, Health.name, GrpcEdge.REFLECTION);

  private final AtomicLong underWay = new AtomicLong();
  private final SharedKillSwitch untilClosed = KillSwitches.shared("edge-streams");
  private volatile SharedKillSwitch untilDiverted = KillSwitches.shared("edge-watches");
  private volatile State state = State.OPEN;

  /** Calls of clients whose answer is not there yet; streams that have begun are not counted. */
  long underWay() {
    return underWay.get();
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Hands a request on, or refuses it; the refusal is what the handler would have answered. */
  CompletionStage<HttpResponse> pass(
      String service, HttpRequest request, GrpcEdge.Handler handler, Refusing refusing)
      throws Exception {
    if (NOT_DIVERTED.contains(service)) {
      return state == State.CLOSED ? refusing.refuse(request, closed()) : handler.apply(request);
    }
    // Counted before the look at the state: who diverts and then sees 0 has seen the last one.
    underWay.incrementAndGet();
    boolean handed = false;
    try {
      var refusal = refusal();
      var answer =
          refusal.isPresent() ? refusing.refuse(request, refusal.get()) : handler.apply(request);
      handed = true;
      return answer.whenComplete((response, failed) -> underWay.decrementAndGet());
    } finally {
      if (!handed) {
        underWay.decrementAndGet();
      }
    }
  }

  /** How a request is refused. */
  @FunctionalInterface
  interface Refusing {
    CompletionStage<HttpResponse> refuse(HttpRequest request, CallException why);
  }

  private Optional<CallException> refusal() {
    return switch (state) {
      case OPEN -> Optional.empty();
      case DIVERTED ->
          Optional.of(Errors.of(Reason.DRAINING, "This node is being drained; call another one."));
      case CLOSED -> Optional.of(closed());
    };
  }

  private static CallException closed() {
    return Errors.of(Reason.DRAINING, "This node is shutting down; call another one.");
  }

  /** For streams that clients can go on with at another node. */
  <T> Graph<FlowShape<T, T>, SharedKillSwitch> untilDiverted() {
    return untilDiverted.flow();
  }

  <T> Graph<FlowShape<T, T>, SharedKillSwitch> untilClosed() {
    return untilClosed.flow();
  }

  /** Sends new calls and open watches to other nodes, or takes them again. */
  synchronized void divert(boolean on) {
    if (state == State.CLOSED) {
      return;
    }
    state = on ? State.DIVERTED : State.OPEN;
    if (on) {
      untilDiverted.abort(goOnElsewhere("This node is being drained; go on at another one."));
      untilDiverted = KillSwitches.shared("edge-watches");
    }
  }

  /** For good. */
  synchronized void close() {
    state = State.CLOSED;
    var why = goOnElsewhere("This node is shutting down; go on at another one.");
    untilDiverted.abort(why);
    untilClosed.abort(why);
  }

  private static CallException goOnElsewhere(String words) {
    return Errors.of(Reason.DRAINING, words);
  }
}
