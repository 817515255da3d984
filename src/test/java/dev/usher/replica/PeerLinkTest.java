package dev.usher.replica;

import static dev.usher.replica.TestCluster.ONE;
import static dev.usher.replica.TestCluster.TWO;
import static dev.usher.replica.TestCluster.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.IntroduceRequest;
import dev.usher.replica.proto.peer.IntroduceResponse;
import dev.usher.replica.proto.peer.PeerService;
import dev.usher.replica.proto.peer.PeerServiceHandlerFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.Source;
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
  private final AtomicBoolean isUp = new AtomicBoolean();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  private final ServerBinding binding =
      get(
          Http.get(KIT.system())
              .newServerAt("127.0.0.1", 0)
              .withSettings(
                  ServerSettings.create(KIT.system().classicSystem()).withEnableHttp2(true))
              .bind(PeerServiceHandlerFactory.create(fallsSilent(), KIT.system())));

  @AfterEach
  void unbind() {
    get(binding.terminate(Duration.ofSeconds(1)));
  }

  @Test
  void aPeerThatFallsSilentIsLeftAndGreetedAnew() throws Exception {
    ActorRef<PeerLink.Command> link =
        KIT.spawn(
            PeerLink.create(
                new PeerLink.Ends(
                    TWO,
                    new PeerAddress("127.0.0.1", binding.localAddress().getPort()),
                    PeerServerTest.identity(ONE, "id-1"),
                    HASTY,
                    Clock.system(),
                    isUp,
                    owner())));

    assertThat(nextHello().getHello().getToNode()).isEqualTo("node-2");
    assertThat(disconnected.take()).isEqualTo(TWO);
    assertThat(nextHello().getHello().getFromNode()).isEqualTo("node-1");
    KIT.stop(link);
  }

  private PeerLink.Owner owner() {
    return new PeerLink.Owner() {
      @Override
      public void linked(NodeId peer) {}

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
  private PeerService fallsSilent() {
    return new PeerService() {
      @Override
      public Source<ExchangeResponse, NotUsed> exchange(Source<ExchangeRequest, NotUsed> frames) {
        return frames
            .map(
                frame -> {
                  received.add(frame);
                  return frame;
                })
            .filter(ExchangeRequest::hasHello)
            .map(hello -> ExchangeResponse.newBuilder().setReceived(1).build())
            .concat(Source.never());
      }

      @Override
      public CompletionStage<IntroduceResponse> introduce(IntroduceRequest request) {
        throw new AssertionError("nobody asks");
      }
    };
  }
}
