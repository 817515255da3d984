package dev.usher.replica;

import static dev.usher.replica.TestCluster.ONE;
import static dev.usher.replica.TestCluster.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.PeerService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link against peers that behave as real networks do: they fall silent. */
class PeerLinkTest {
  private static final LinkTiming HASTY =
      new LinkTiming(
          Duration.ofMillis(50),
          Duration.ofMillis(300),
          Duration.ofSeconds(5),
          Duration.ofMillis(10),
          Duration.ofMillis(20));
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(TestCluster.CONFIGURATION).withFallback(ConfigFactory.load()));

  private final LinkedBlockingQueue<ExchangeRequest> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<NodeId> disconnected = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable PeerStream> up = new AtomicReference<>();
  private final Server peer;

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  PeerLinkTest() throws IOException {
    peer =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder(PeerService.name)
                    .addMethod(
                        PeerMethods.EXCHANGE, ServerCalls.asyncBidiStreamingCall(this::fallsSilent))
                    .build())
            .build()
            .start();
  }

  @AfterEach
  void unbind() {
    peer.shutdownNow();
  }

  @Test
  void aPeerThatFallsSilentIsLeftAndGreetedAnew() throws Exception {
    ActorRef<PeerLink.Command> link =
        KIT.spawn(
            PeerLink.create(
                new PeerLink.Ends(
                    TWO,
                    new PeerAddress("127.0.0.1", peer.getPort()),
                    PeerServerTest.identity(ONE, "id-1"),
                    HASTY,
                    up,
                    owner())));

    assertThat(nextHello().getHello().getToNode()).isEqualTo("node-2");
    assertThat(disconnected.take()).isEqualTo(TWO);
    assertThat(nextHello().getHello().getFromNode()).isEqualTo("node-1");
    KIT.stop(link);
  }

  private PeerLink.Owner owner() {
    return new PeerLink.Owner() {
      @Override
      public void linked(NodeId peer, boolean otherDisk) {}

      @Override
      public void unlinked(NodeId peer, boolean wasUp, boolean disowned) {
        if (wasUp) {
          disconnected.add(peer);
        }
      }
    };
  }

  /** Every stream begins with a hello; keep-alives are passed over. */
  private ExchangeRequest nextHello() throws InterruptedException {
    ExchangeRequest next = received.take();
    while (!next.hasHello()) {
      next = received.take();
    }
    return next;
  }

  /** Acknowledges the hello, takes everything else and says nothing more. */
  private StreamObserver<ExchangeRequest> fallsSilent(StreamObserver<ExchangeResponse> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ExchangeRequest frame) {
        received.add(frame);
        if (frame.hasHello()) {
          answers.onNext(ExchangeResponse.newBuilder().setReceived(1).build());
        }
      }

      @Override
      public void onError(Throwable left) {}

      @Override
      public void onCompleted() {}
    };
  }
}
