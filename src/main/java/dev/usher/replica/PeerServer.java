package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.Hello;
import dev.usher.replica.proto.peer.IntroduceRequest;
import dev.usher.replica.proto.peer.IntroduceResponse;
import dev.usher.replica.proto.peer.PeerService;
import dev.usher.replica.proto.peer.PeerServiceHandlerFactory;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.grpc.GrpcServiceException;
import org.apache.pekko.grpc.Trailers;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the peers' frames come in. A stream begins with a hello; strangers are refused with a log
 * line. A frame that no peer sends ends its stream, and changes nothing.
 */
final class PeerServer implements PeerService {
  private static final Logger log = LoggerFactory.getLogger(PeerServer.class);

  /** Acknowledgements feed a watchdog only, so a few in its time are enough. */
  private static final Duration ACKNOWLEDGE_EVERY = Duration.ofMillis(25);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  /** Tells a node that was removed from one that knocks at the wrong door. */
  static final Status NOT_A_MEMBER = Status.NOT_FOUND;

  private static final int REFUSALS_MAX = 100;

  private final PeerIdentity identity;
  private final PeerTransport.Receiver receiver;
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private final SharedKillSwitch streams = KillSwitches.shared("peer-streams");

  PeerServer(PeerIdentity identity, PeerTransport.Receiver receiver) {
    this.identity = identity;
    this.receiver = receiver;
  }

  /** Listens, with HTTP/2 in clear text whatever the configuration says of it. */
  CompletionStage<ServerBinding> bind(ActorSystem<?> system, String host, int port) {
    ServerSettings settings = ServerSettings.create(system.classicSystem()).withEnableHttp2(true);
    return Http.get(system)
        .newServerAt(host, port)
        .withSettings(settings)
        .bind(PeerServiceHandlerFactory.create(this, classic -> PeerServer::trailers, system));
  }

  /**
   * Streams end with their peers, which is nothing to log. The mapper that comes with the library
   * would throw on a status without metadata and take the whole connection down.
   */
  private static Trailers trailers(Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return failure instanceof GrpcServiceException refused
        ? new Trailers(refused.status(), refused.getMetadata())
        : new Trailers(Status.UNAVAILABLE);
  }

  /** Streams between nodes never end by themselves, so they are cut first. */
  CompletionStage<?> stop(ServerBinding binding) {
    streams.shutdown();
    return binding.terminate(STOP_WITHIN);
  }

  @Override
  public Source<ExchangeResponse, NotUsed> exchange(Source<ExchangeRequest, NotUsed> frames) {
    Incoming incoming = new Incoming();
    return frames
        .via(streams.flow())
        .map(incoming::next)
        .conflate((earlier, later) -> later)
        .throttle(1, ACKNOWLEDGE_EVERY);
  }

  @Override
  public CompletionStage<IntroduceResponse> introduce(IntroduceRequest request) {
    Hello asking = request.getHello();
    Optional<String> misdirection = identity.misdirection(asking);
    return misdirection.isPresent()
        ? CompletableFuture.failedFuture(
            refused("'" + PeerIdentity.printable(asking.getFromNode()) + "'", misdirection.get()))
        : CompletableFuture.completedFuture(
            IntroduceResponse.newBuilder()
                .setHello(identity.helloTo(new NodeId(asking.getFromNode())))
                .addAllGroups(identity.groups().stream().map(GroupId::value).toList())
                .build());
  }

  /** One peer's stream. */
  private final class Incoming {
    private @Nullable NodeId from;
    private DirectoryId directory = DirectoryId.UNKNOWN;
    private long received;

    ExchangeResponse next(ExchangeRequest request) throws GrpcServiceException {
      NodeId peer = from;
      if (peer == null) {
        from = greet(request);
      } else if (request.hasKeepAlive()) {
        mustStillBelong(peer);
      } else {
        take(peer, request);
      }
      received++;
      return ExchangeResponse.newBuilder().setReceived(received).build();
    }

    private NodeId greet(ExchangeRequest request) throws GrpcServiceException {
      if (!request.hasHello()) {
        throw refused("a stranger", "the first frame is no hello");
      }
      Hello hello = request.getHello();
      String name = "'" + PeerIdentity.printable(hello.getFromNode()) + "'";
      Optional<String> misdirection = identity.misdirection(hello);
      if (misdirection.isPresent()) {
        throw refused(name, misdirection.get());
      }
      NodeId peer = new NodeId(hello.getFromNode());
      if (!identity.isKnown().test(peer)) {
        throw refused(NOT_A_MEMBER, name, "node " + name + " is not a member");
      }
      directory = new DirectoryId(hello.getDirectoryId());
      refusals.clear();
      log.info("peer came in: peer={} directory={}", peer, directory);
      receiver.cameIn(peer, directory, PeerIdentity.addressIn(hello));
      return peer;
    }

    /** Who was removed is shown the door, and so learns of it. */
    private void mustStillBelong(NodeId peer) throws GrpcServiceException {
      if (!identity.isKnown().test(peer)) {
        throw refused(NOT_A_MEMBER, peer.value(), "node '" + peer + "' is not a member any more");
      }
    }

    private void take(NodeId peer, ExchangeRequest request) throws GrpcServiceException {
      Frame frame;
      try {
        frame = PeerCodec.decode(request);
      } catch (MalformedFrameException e) {
        throw refused(peer.value(), String.valueOf(e.getMessage()));
      }
      receiver.received(peer, directory, frame);
    }
  }

  private GrpcServiceException refused(String who, String why) {
    return refused(Status.PERMISSION_DENIED, who, why);
  }

  /** Who is refused tries again for ever: it is logged once, until somebody comes in. */
  private GrpcServiceException refused(Status status, String who, String why) {
    if (refusals.size() < REFUSALS_MAX && refusals.add(who + why)) {
      log.warn("peer refused: peer={} cause={}", who, why);
    }
    return new GrpcServiceException(status.withDescription(identity.self() + " refused: " + why));
  }
}
