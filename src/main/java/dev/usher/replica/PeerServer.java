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
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the peers' frames come in. A stream begins with a hello; strangers are refused with a log
 * line. A frame that no peer sends ends its stream, and changes nothing.
 */
final class PeerServer {
  private static final Logger log = LoggerFactory.getLogger(PeerServer.class);

  /** Acknowledgements feed a watchdog only, so a few in its time are enough. */
  private static final long ACKNOWLEDGE_EVERY_MS = 25;

  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  /** Tells a node that was removed from one that knocks at the wrong door. */
  static final Status NOT_A_MEMBER = Status.NOT_FOUND;

  private static final int REFUSALS_MAX = 100;

  private final PeerIdentity identity;
  private final PeerTransport.Receiver receiver;
  private final Clock clock;
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private final Server server;

  private PeerServer(
      PeerIdentity identity,
      PeerTransport.Receiver receiver,
      Clock clock,
      InetSocketAddress address) {
    this.identity = identity;
    this.receiver = receiver;
    this.clock = clock;
    this.server =
        PeerLoop.serve(NettyServerBuilder.forAddress(address))
            .directExecutor()
            .maxInboundMessageSize(PeerMethods.FRAME_BYTES_MAX)
            .addService(
                ServerServiceDefinition.builder(PeerService.name)
                    .addMethod(
                        PeerMethods.EXCHANGE, ServerCalls.asyncBidiStreamingCall(Incoming::new))
                    .addMethod(PeerMethods.INTRODUCE, ServerCalls.asyncUnaryCall(this::introduce))
                    .build())
            .build();
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @throws IOException when the address cannot be had
   */
  static PeerServer listen(
      PeerIdentity identity, PeerTransport.Receiver receiver, Clock clock, String host, int port)
      throws IOException {
    PeerServer server =
        new PeerServer(identity, receiver, clock, new InetSocketAddress(host, port));
    server.server.start();
    return server;
  }

  int port() {
    return server.getPort();
  }

  /** Begins to end: takes nothing more and cuts the streams, which never end by themselves. */
  void shutdown() {
    server.shutdownNow();
  }

  /** Ends, and waits until the port is free; that takes a moment. */
  void close() {
    shutdown();
    try {
      server.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void introduce(IntroduceRequest request, StreamObserver<IntroduceResponse> answer) {
    Hello asking = request.getHello();
    Optional<String> misdirection = identity.misdirection(asking);
    if (misdirection.isPresent()) {
      answer.onError(
          refused("'" + PeerIdentity.printable(asking.getFromNode()) + "'", misdirection.get()));
    } else {
      answer.onNext(
          IntroduceResponse.newBuilder()
              .setHello(identity.helloTo(new NodeId(asking.getFromNode())))
              .addAllGroups(identity.groups().stream().map(GroupId::value).toList())
              .build());
      answer.onCompleted();
    }
  }

  /** One peer's stream; its frames come one after the other, on the network's thread. */
  private final class Incoming implements StreamObserver<ExchangeRequest> {
    private final StreamObserver<ExchangeResponse> acknowledgements;
    private @Nullable NodeId from;
    private DirectoryId directory = DirectoryId.UNKNOWN;
    private long received;
    private long acknowledged;
    private long acknowledgedAtMs;
    private boolean ended;

    Incoming(StreamObserver<ExchangeResponse> acknowledgements) {
      this.acknowledgements = acknowledgements;
    }

    @Override
    public void onNext(ExchangeRequest request) {
      if (ended) {
        return;
      }
      try {
        NodeId peer = from;
        if (peer == null) {
          from = greet(request);
        } else if (request.hasKeepAlive()) {
          mustStillBelong(peer);
        } else {
          take(peer, request);
        }
      } catch (StatusException refusal) {
        ended = true;
        acknowledgements.onError(refusal);
        return;
      }
      received++;
      long nowMs = clock.now().monotonicMs();
      if (acknowledged == 0 || nowMs - acknowledgedAtMs >= ACKNOWLEDGE_EVERY_MS) {
        acknowledgedAtMs = nowMs;
        acknowledge();
      }
    }

    private void acknowledge() {
      acknowledged = received;
      acknowledgements.onNext(
          ExchangeResponse.newBuilder()
              .setReceived(received)
              .setOtherDisk(from != null && identity.members().hasOtherDisk(from, directory))
              .build());
    }

    private NodeId greet(ExchangeRequest request) throws StatusException {
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
      if (!identity.members().isKnown(peer)) {
        throw refused(NOT_A_MEMBER, name, "node " + name + " is not a member");
      }
      directory = new DirectoryId(hello.getDirectoryId());
      refusals.clear();
      if (identity.members().hasOtherDisk(peer, directory)) {
        log.warn(
            "peer came in with another disk than the log's: peer={} directory={}", peer, directory);
      } else {
        log.info("peer came in: peer={} directory={}", peer, directory);
      }
      receiver.cameIn(peer, directory, PeerIdentity.addressIn(hello));
      return peer;
    }

    /** Who was removed is shown the door, and so learns of it. */
    private void mustStillBelong(NodeId peer) throws StatusException {
      if (!identity.members().isKnown(peer)) {
        throw refused(NOT_A_MEMBER, peer.value(), "node '" + peer + "' is not a member any more");
      }
    }

    private void take(NodeId peer, ExchangeRequest request) throws StatusException {
      Frame frame;
      try {
        frame = PeerCodec.decode(request);
      } catch (MalformedFrameException e) {
        throw refused(peer.value(), String.valueOf(e.getMessage()));
      }
      receiver.received(peer, directory, frame);
    }

    /** The peer is gone, or sent what is no frame at all. */
    @Override
    public void onError(Throwable gone) {
      ended = true;
      log.debug("peer stream ended: peer={} cause={}", from, gone.getMessage());
    }

    @Override
    public void onCompleted() {
      if (!ended) {
        ended = true;
        if (acknowledged < received) {
          acknowledge();
        }
        acknowledgements.onCompleted();
      }
    }
  }

  private StatusException refused(String who, String why) {
    return refused(Status.PERMISSION_DENIED, who, why);
  }

  /** Who is refused tries again for ever: it is logged once, until somebody comes in. */
  private StatusException refused(Status status, String who, String why) {
    if (refusals.size() < REFUSALS_MAX && refusals.add(who + why)) {
      log.warn("peer refused: peer={} cause={}", who, why);
    }
    return status.withDescription(identity.self() + " refused: " + why).asException();
  }
}
