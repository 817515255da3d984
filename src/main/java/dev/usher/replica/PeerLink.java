package dev.usher.replica;

import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.KeepAlive;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The way to one peer: keeps a {@link PeerStream} open, on which this node sends and the peer
 * acknowledges. TCP needs many seconds to notice a dead or healed path, so the link does it itself:
 * without an acknowledgement for long ({@link Silence}) it is closed and made anew. What is sent
 * meanwhile is dropped: Raft sends again, callers try again.
 */
final class PeerLink {
  sealed interface Command {}

  private enum Connect implements Command {
    NOW
  }

  private enum Watch implements Command {
    NOW
  }

  private record Acknowledged(int connection, boolean otherDisk) implements Command {}

  private record Closed(int connection, String cause, boolean disowned) implements Command {}

  /**
   * What a link works with.
   *
   * @param up the stream to send on, while the peer acknowledges; read by any thread
   * @param owner told when the link comes and goes
   */
  record Ends(
      NodeId peer,
      PeerAddress address,
      PeerIdentity identity,
      LinkTiming timing,
      AtomicReference<@Nullable PeerStream> up,
      Owner owner) {}

  /** Who the link belongs to. */
  interface Owner {
    /**
     * The link is up, or what the peer says has changed.
     *
     * @param otherDisk the peer's logs name another disk for this node
     */
    void linked(NodeId peer, boolean otherDisk);

    /**
     * The link is down, or could not be made.
     *
     * @param wasUp what was sent lately may not have arrived
     * @param disowned the peer says that this node is no member
     */
    void unlinked(NodeId peer, boolean wasUp, boolean disowned);
  }

  private record Connection(int number, PeerStream stream) {}

  private static final ExchangeRequest KEEP_ALIVE =
      ExchangeRequest.newBuilder().setKeepAlive(KeepAlive.getDefaultInstance()).build();

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Ends ends;
  private final Silence silence;
  private int connections;
  private Duration backoff;
  private String lastCause = "";
  private boolean otherDisk;

  private PeerLink(ActorContext<Command> context, TimerScheduler<Command> timers, Ends ends) {
    this.context = context;
    this.timers = timers;
    this.ends = ends;
    this.silence = new Silence(ends.timing());
    this.backoff = ends.timing().backoffMin();
  }

  static Behavior<Command> create(Ends ends) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  context.setLoggerName(PeerLink.class);
                  return new PeerLink(context, timers, ends).connect();
                }));
  }

  private Behavior<Command> connect() {
    Connection connection = open();
    timers.startTimerWithFixedDelay(Watch.NOW, ends.timing().keepAlive());
    silence.begin();
    return opened(connection, false);
  }

  /** A connection is there or being made. */
  private Behavior<Command> opened(Connection connection, boolean isUp) {
    return Behaviors.receive(Command.class)
        .onMessage(Acknowledged.class, ack -> acknowledged(ack, connection, isUp))
        .onMessage(Watch.class, watch -> watch(connection, isUp))
        .onMessage(
            Closed.class,
            closed ->
                closed.connection() == connection.number()
                    ? lost(connection, isUp, closed)
                    : Behaviors.same())
        .onMessage(Connect.class, connect -> Behaviors.same())
        .onSignal(PostStop.class, stop -> stopped(connection))
        .build();
  }

  private Behavior<Command> acknowledged(Acknowledged ack, Connection connection, boolean isUp) {
    if (ack.connection() != connection.number()) {
      return Behaviors.same();
    }
    if (!isUp) {
      backoff = ends.timing().backoffMin();
      lastCause = "";
      ends.up().set(connection.stream());
      context.getLog().info("peer connected: peer={} address={}", ends.peer(), ends.address());
    }
    if (!isUp || ack.otherDisk() != otherDisk) {
      otherDisk = ack.otherDisk();
      ends.owner().linked(ends.peer(), otherDisk);
    }
    silence.end();
    return isUp ? Behaviors.same() : opened(connection, true);
  }

  private Behavior<Command> watch(Connection connection, boolean isUp) {
    if (silence.isTooLong(isUp)) {
      silence.giveUp(isUp);
      String cause = "no acknowledgement for " + silence.length().toMillis() + " ms";
      return lost(connection, isUp, new Closed(connection.number(), cause, false));
    }
    silence.look(isUp);
    connection.stream().send(KEEP_ALIVE);
    return Behaviors.same();
  }

  private Behavior<Command> lost(Connection connection, boolean wasUp, Closed closed) {
    ends.up().set(null);
    connection.stream().close();
    String cause = closed.cause();
    if (wasUp || !cause.equals(lastCause)) {
      // Once for each new cause, not for every try in vain.
      context
          .getLog()
          .warn(
              "peer {}: peer={} address={} cause={}",
              wasUp ? "lost" : "not reached",
              ends.peer(),
              ends.address(),
              cause);
    }
    lastCause = cause;
    ends.owner().unlinked(ends.peer(), wasUp, closed.disowned());
    timers.cancel(Watch.NOW);
    timers.startSingleTimer(Connect.NOW, backoff);
    // Who is no member is not to knock all day, nor to be kept out long once it is one.
    Duration most = ends.timing().backoffMax().multipliedBy(closed.disowned() ? 8 : 1);
    Duration doubled = backoff.multipliedBy(2);
    backoff = doubled.compareTo(most) < 0 ? doubled : most;
    return waiting();
  }

  /** Between two connections. */
  private Behavior<Command> waiting() {
    return Behaviors.receive(Command.class)
        .onMessage(Connect.class, connect -> connect())
        .onAnyMessage(dropped -> Behaviors.same())
        .build();
  }

  private Behavior<Command> stopped(Connection connection) {
    ends.up().set(null);
    ends.owner().unlinked(ends.peer(), false, false);
    connection.stream().close();
    return Behaviors.same();
  }

  private Connection open() {
    int number = ++connections;
    ActorRef<Command> self = context.getSelf();
    PeerStream stream =
        PeerStream.open(
            ends.address(),
            ack -> self.tell(new Acknowledged(number, ack.getOtherDisk())),
            status -> self.tell(closed(number, status)));
    stream.send(
        ExchangeRequest.newBuilder().setHello(ends.identity().helloTo(ends.peer())).build());
    return new Connection(number, stream);
  }

  private static Command closed(int number, Status status) {
    if (status.isOk()) {
      return new Closed(number, "closed by the peer", false);
    }
    Throwable reason = status.getCause();
    return new Closed(
        number,
        status.getCode()
            + ": "
            + status.getDescription()
            + (reason == null ? "" : " (" + reason.getMessage() + ")"),
        status.getCode() == PeerServer.NOT_A_MEMBER.getCode());
  }
}
