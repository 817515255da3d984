package dev.usher.replica;

import static dev.usher.replica.TestCluster.ALL;
import static dev.usher.replica.TestCluster.ONE;
import static dev.usher.replica.TestCluster.TWO;
import static dev.usher.replica.TestCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.Hello;
import dev.usher.replica.proto.peer.KeepAlive;
import dev.usher.replica.proto.peer.RaftMessage;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in at the peer port, and what of it. */
class PeerServerTest {
  private static final LinkedBlockingQueue<Frame> RECEIVED = new LinkedBlockingQueue<>();
  private static final LinkedBlockingQueue<MemberAddress> ADDRESSES = new LinkedBlockingQueue<>();
  private static final SortedSet<GroupId> GROUPS =
      new TreeSet<>(List.of(new GroupId("seats-0"), new GroupId("system")));
  private static final Set<NodeId> KNOWN = ConcurrentHashMap.newKeySet();

  static {
    KNOWN.addAll(ALL);
  }

  private static final PeerServer SERVER = listen();
  private static final ManagedChannel CHANNEL =
      NettyChannelBuilder.forAddress("127.0.0.1", SERVER.port()).usePlaintext().build();

  private static PeerServer listen() {
    try {
      return PeerServer.listen(
          identity(ONE, "id-1"),
          new PeerTransport.Receiver() {
            @Override
            public void received(NodeId from, DirectoryId directory, Frame frame) {
              RECEIVED.add(frame);
            }

            @Override
            public void cameIn(
                NodeId peer, DirectoryId directory, Optional<MemberAddress> address) {
              address.ifPresent(ADDRESSES::add);
            }

            @Override
            public void disconnected(NodeId peer) {}
          },
          Clock.system(),
          "127.0.0.1",
          0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void shutdown() {
    CHANNEL.shutdownNow();
    SERVER.close();
  }

  @BeforeEach
  void forget() {
    RECEIVED.clear();
    ADDRESSES.clear();
  }

  @Test
  void aPeerIsAcknowledgedAndItsFramesArrive() throws Exception {
    Frame frame = new Frame.Raft(new GroupId("system"), new Message.TimeoutNow(7));

    List<ExchangeResponse> answers = get(exchange(hello(), PeerCodec.encode(frame), keepAlive()));

    assertThat(answers.getLast().getReceived()).isEqualTo(3);
    assertThat(RECEIVED.take()).isEqualTo(frame);
    assertThat(ADDRESSES.take().clients()).isEqualTo("node-2.example:7101");
  }

  @Test
  void aPeerIsToldThatItHasAnotherDisk() {
    assertThat(get(exchange(hello())).getLast().getOtherDisk()).isFalse();

    ExchangeRequest.Builder other = hello().toBuilder();
    other.getHelloBuilder().setDirectoryId("id-lost");

    assertThat(get(exchange(other.build())).getLast().getOtherDisk()).isTrue();
  }

  @Test
  void aNodeIntroducesItselfToWhoeverKnowsItsNameAndTheClusters() {
    PeerAddress at = new PeerAddress("127.0.0.1", SERVER.port());
    Introduction.Asking asking = Introduction.overGrpc(identity(new NodeId("node-9"), "id-9"));

    Introduction answer = get(asking.ask(ONE, at, TestCluster.PATIENCE));

    assertThat(answer)
        .isEqualTo(
            new Introduction(ONE, new DirectoryId("id-1"), address(ONE), new TreeSet<>(GROUPS)));
    assertThatThrownBy(() -> get(asking.ask(TWO, at, TestCluster.PATIENCE)))
        .hasMessageContaining("looks for 'node-2', this node is 'node-1'");
  }

  @ParameterizedTest
  @CsvSource({
    "1, other, node-2, node-1, PERMISSION_DENIED, 'cluster ''other'''",
    "1, test, node-9, node-1, NOT_FOUND, 'node ''node-9'' is not a member'",
    "1, test, node-1, node-1, PERMISSION_DENIED, 'calls itself ''node-1'''",
    "1, test, node-2, node-3, PERMISSION_DENIED, 'looks for ''node-3'''",
    "2, test, node-2, node-1, PERMISSION_DENIED, 'format version 2'",
  })
  void aStrangerIsRefused(
      int version, String cluster, String from, String to, String code, String why) {
    Hello stranger =
        Hello.newBuilder()
            .setFormatVersion(version)
            .setCluster(cluster)
            .setFromNode(from)
            .setToNode(to)
            .setDirectoryId("id-" + from)
            .build();

    assertThatThrownBy(() -> get(exchange(ExchangeRequest.newBuilder().setHello(stranger).build())))
        .hasMessageContaining(code)
        .hasMessageContaining(why);
    assertThat(RECEIVED).isEmpty();
  }

  @Test
  void aStreamWithoutAHelloIsRefused() {
    assertThatThrownBy(() -> get(exchange(keepAlive())))
        .hasMessageContaining("the first frame is no hello");
  }

  @Test
  void whoIsRemovedMeanwhileIsShownTheDoor() {
    NodeId five = new NodeId("node-5");
    KNOWN.add(five);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<Void> cameIn = new CompletableFuture<>();
    StreamObserver<ExchangeRequest> stream =
        ClientCalls.asyncBidiStreamingCall(
            CHANNEL.newCall(PeerMethods.EXCHANGE, CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(ExchangeResponse acknowledgement) {
                cameIn.complete(null);
              }

              @Override
              public void onError(Throwable failure) {
                ended.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {
                ended.complete(null);
              }
            });
    stream.onNext(
        ExchangeRequest.newBuilder().setHello(identity(five, "id-5").helloTo(ONE)).build());
    get(cameIn);
    KNOWN.remove(five);

    stream.onNext(keepAlive());

    assertThatThrownBy(() -> get(ended)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void aMalformedFrameEndsItsStreamAndChangesNothing() {
    ExchangeRequest malformed =
        ExchangeRequest.newBuilder()
            .setRaft(RaftMessage.newBuilder().setGroup("system").setTerm(1))
            .build();

    assertThatThrownBy(() -> get(exchange(hello(), malformed)))
        .hasMessageContaining("raft message of unknown kind");
    assertThat(RECEIVED).isEmpty();
  }

  @Test
  void aStrangersWordsAreFitForALogLine() {
    assertThat(PeerIdentity.printable("a\nb\u0007" + "x".repeat(100)))
        .isEqualTo("a?b?" + "x".repeat(59));
  }

  static PeerIdentity identity(NodeId self, String directory) {
    return new PeerIdentity(
        "test", self, new DirectoryId(directory), address(self), GROUPS, new Members());
  }

  /** In whose logs nobody has the disk "id-lost" any more. */
  private record Members() implements PeerIdentity.Members {
    @Override
    public boolean isKnown(NodeId node) {
      return KNOWN.contains(node);
    }

    @Override
    public boolean hasOtherDisk(NodeId node, DirectoryId directory) {
      return directory.value().equals("id-lost");
    }
  }

  private static MemberAddress address(NodeId node) {
    return new MemberAddress(new PeerAddress(node + ".example", 7201), node + ".example:7101");
  }

  /** What is answered to these frames and the end of the stream. */
  private static CompletableFuture<List<ExchangeResponse>> exchange(ExchangeRequest... frames) {
    CompletableFuture<List<ExchangeResponse>> all = new CompletableFuture<>();
    List<ExchangeResponse> answers = new ArrayList<>();
    StreamObserver<ExchangeRequest> stream =
        ClientCalls.asyncBidiStreamingCall(
            CHANNEL.newCall(PeerMethods.EXCHANGE, CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(ExchangeResponse answer) {
                answers.add(answer);
              }

              @Override
              public void onError(Throwable failure) {
                all.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {
                all.complete(answers);
              }
            });
    for (ExchangeRequest frame : frames) {
      stream.onNext(frame);
    }
    stream.onCompleted();
    return all;
  }

  private static ExchangeRequest hello() {
    return ExchangeRequest.newBuilder().setHello(identity(TWO, "id-2").helloTo(ONE)).build();
  }

  private static ExchangeRequest keepAlive() {
    return ExchangeRequest.newBuilder().setKeepAlive(KeepAlive.getDefaultInstance()).build();
  }
}
