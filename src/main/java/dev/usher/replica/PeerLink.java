package dev.usher.replica;

import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.KeepAlive;
import dev.usher.replica.proto.peer.PeerServiceClient;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.grpc.GrpcClientSettings;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The way to one peer: a gRPC stream on which this node sends and the peer acknowledges. TCP needs
 * many seconds to notice a dead or healed path, so the link does it itself: without an
 * acknowledgement for {@link LinkTiming#silenceMax} it is closed and made anew.
 *
 * <p>What is sent while the link is down is dropped, and when more waits than a peer takes the
 * oldest frames are: Raft sends again, callers try again.
 */
final class PeerLink {
  sealed interface Command {}

  record Send(Frame frame) implements Command {}

  private enum Connect implements Command {
    NOW
  }

  private enum Watch implements Command {
    NOW
  }

  private record Acknowledged(int connection) implements Command {}

  private record Closed(int connection, String cause, boolean disowned) implements Command {}

  /**
   * What a link works with.
   *
   * @param isUp set while the peer acknowledges; read by any thread
   * @param owner told when the link comes and goes
   */
  record Ends(
      NodeId peer,
      PeerAddress address,
      PeerIdentity identity,
      LinkTiming timing,
      Clock clock,
      AtomicBoolean isUp,
      Owner owner) {}

  /** Who the link belongs to. */
  interface Owner {
    void linked(NodeId peer);

    /**
     * The link is down, or could not be made.
     *
     * @param wasUp what was sent lately may not have arrived
     * @param disowned the peer says that this node is no member
     */
    void unlinked(NodeId peer, boolean wasUp, boolean disowned);
  }

  /** One connection and the frames on their way into it. */
  private record Connection(
      int number,
      PeerServiceClient client,
      BoundedSourceQueue<ExchangeRequest> frames,
      SharedKillSwitch killSwitch) {
    void close() {
      killSwitch.shutdown();
      var unused = client.close();
    }
  }

  private static final int FRAMES_WAITING_MAX = 2048;
  private static final ExchangeRequest KEEP_ALIVE =
      ExchangeRequest.newBuilder().setKeepAlive(KeepAlive.getDefaultInstance()).build();

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Materializer materializer;
  private final Ends ends;
  private int connections;
  private Duration backoff;
  private String lastCause = "";

  private PeerLink(ActorContext<Command> context, TimerScheduler<Command> timers, Ends ends) {
    this.context = context;
    this.timers = timers;
    this.materializer = Materializer.createMaterializer(context);
    this.ends = ends;
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
    return opened(connection, nowMs(), false);
  }

  /** A connection is there or being made; {@code heardMs} is when it was last known to live. */
  private Behavior<Command> opened(Connection connection, long heardMs, boolean isUp) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Send.class,
            send -> {
              if (isUp) {
                connection.frames().offer(PeerCodec.encode(send.frame()));
              }
              return Behaviors.same();
            })
        .onMessage(Acknowledged.class, ack -> acknowledged(ack, connection, isUp))
        .onMessage(Watch.class, watch -> watch(connection, heardMs, isUp))
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
      ends.isUp().set(true);
      ends.owner().linked(ends.peer());
      context.getLog().info("peer connected: peer={} address={}", ends.peer(), ends.address());
    }
    return opened(connection, nowMs(), true);
  }

  private Behavior<Command> watch(Connection connection, long heardMs, boolean isUp) {
    Duration silenceMax = isUp ? ends.timing().silenceMax() : ends.timing().firstSilenceMax();
    if (nowMs() - heardMs > silenceMax.toMillis()) {
      String silence = "no acknowledgement for " + silenceMax.toMillis() + " ms";
      return lost(connection, isUp, new Closed(connection.number(), silence, false));
    }
    connection.frames().offer(KEEP_ALIVE);
    return Behaviors.same();
  }

  private Behavior<Command> lost(Connection connection, boolean wasUp, Closed closed) {
    connection.close();
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
    ends.isUp().set(false);
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
    ends.isUp().set(false);
    ends.owner().unlinked(ends.peer(), false, false);
    connection.close();
    return Behaviors.same();
  }

  private Connection open() {
    int number = ++connections;
    PeerServiceClient client =
        PeerServiceClient.create(
            GrpcClientSettings.connectToServiceAt(
                    ends.address().host(), ends.address().port(), context.getSystem())
                .withTls(false),
            context.getSystem());
    Pair<BoundedSourceQueue<ExchangeRequest>, Source<ExchangeRequest, NotUsed>> outgoing =
        Source.<ExchangeRequest>queue(FRAMES_WAITING_MAX)
            .buffer(FRAMES_WAITING_MAX, OverflowStrategy.dropHead())
            .preMaterialize(materializer);
    // Ends both halves, whatever state they are in.
    SharedKillSwitch killSwitch = KillSwitches.shared("link-" + ends.peer());
    CompletionStage<Done> running =
        client
            .exchange(outgoing.second().via(killSwitch.flow()))
            .via(killSwitch.flow())
            .runWith(
                Sink.foreach(ack -> context.getSelf().tell(new Acknowledged(number))),
                materializer);
    outgoing
        .first()
        .offer(ExchangeRequest.newBuilder().setHello(ends.identity().helloTo(ends.peer())).build());
    context.pipeToSelf(running, (Done done, @Nullable Throwable failed) -> closed(number, failed));
    return new Connection(number, client, outgoing.first(), killSwitch);
  }

  private static Command closed(int number, @Nullable Throwable failed) {
    if (failed == null) {
      return new Closed(number, "closed by the peer", false);
    }
    Throwable reason = failed.getCause();
    boolean disowned = Status.fromThrowable(failed).getCode() == PeerServer.NOT_A_MEMBER.getCode();
    return new Closed(
        number,
        failed.getMessage() + (reason == null ? "" : " (" + reason.getMessage() + ")"),
        disowned);
  }

  private long nowMs() {
    return ends.clock().now().monotonicMs();
  }
}
