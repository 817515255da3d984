package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
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

  private final PeerIdentity identity;
  private final PeerTransport.Receiver receiver;
  private final Clock clock;
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
        NettyServerBuilder.forAddress(address)
            .directExecutor()
            .maxInboundMessageSize(PeerExchange.FRAME_BYTES_MAX)
            .addService(
                ServerServiceDefinition.builder(PeerService.name)
                    .addMethod(
                        PeerExchange.METHOD, ServerCalls.asyncBidiStreamingCall(Incoming::new))
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
        } else if (!request.hasKeepAlive()) {
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
      acknowledgements.onNext(ExchangeResponse.newBuilder().setReceived(received).build());
    }

    private NodeId greet(ExchangeRequest request) throws StatusException {
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

    private void take(NodeId peer, ExchangeRequest request) throws StatusException {
      Frame frame;
      try {
        frame = PeerCodec.decode(request);
      } catch (MalformedFrameException e) {
        throw refused(peer.value(), String.valueOf(e.getMessage()));
      }
      receiver.received(peer, directory, frame);
    }

    private StatusException refused(String who, String why) {
      log.warn("peer refused: peer={} cause={}", who, why);
      return Status.PERMISSION_DENIED
          .withDescription(identity.self() + " refused: " + why)
          .asException();
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
}
