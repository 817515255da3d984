package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.PeerService;
import dev.usher.replica.proto.peer.PeerServiceHandlerFactory;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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

  private final PeerIdentity identity;
  private final PeerTransport.Receiver receiver;
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
  private static Trailers trailers(Throwable failure) {
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

  /** One peer's stream. */
  private final class Incoming {
    private @Nullable NodeId from;
    private DirectoryId directory = DirectoryId.UNKNOWN;
    private long received;

    ExchangeResponse next(ExchangeRequest request) throws GrpcServiceException {
      NodeId peer = from;
      if (peer == null) {
        from = greet(request);
      } else if (!request.hasKeepAlive()) {
        take(peer, request);
      }
      received++;
      return ExchangeResponse.newBuilder().setReceived(received).build();
    }

    private NodeId greet(ExchangeRequest request) throws GrpcServiceException {
      if (!request.hasHello()) {
        throw refused("a stranger", "the first frame is no hello");
      }
      String name = "'" + PeerIdentity.printable(request.getHello().getFromNode()) + "'";
      Optional<String> refusal = identity.refusal(request.getHello());
      if (refusal.isPresent()) {
        throw refused(name, refusal.get());
      }
      log.info(
          "peer came in: peer={} directory={}",
          request.getHello().getFromNode(),
          PeerIdentity.printable(request.getHello().getDirectoryId()));
      directory = new DirectoryId(request.getHello().getDirectoryId());
      return new NodeId(request.getHello().getFromNode());
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

    private GrpcServiceException refused(String who, String why) {
      log.warn("peer refused: peer={} cause={}", who, why);
      return new GrpcServiceException(
          Status.PERMISSION_DENIED.withDescription(identity.self() + " refused: " + why));
    }
  }
}
