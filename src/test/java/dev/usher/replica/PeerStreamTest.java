package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.PeerService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream to a peer that takes nothing until it is told to. */
class PeerStreamTest {
  private static final int FRAMES = 10_000;

  private final LinkedBlockingQueue<ServerCallStreamObserver<ExchangeResponse>> greeted =
      new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<ExchangeRequest> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Status> closed = new LinkedBlockingQueue<>();
  private final Server peer;
  private final PeerStream stream;

  PeerStreamTest() throws IOException {
    peer =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder(PeerService.name)
                    .addMethod(
                        PeerMethods.EXCHANGE, ServerCalls.asyncBidiStreamingCall(this::greeted))
                    .build())
            .build()
            .start();
    stream = PeerStream.open(new PeerAddress("127.0.0.1", peer.getPort()), ack -> {}, closed::add);
  }

  @AfterEach
  void close() {
    stream.close();
    peer.shutdownNow();
  }

  @Test
  void whenTooMuchWaitsTheOldestFramesAreDroppedAndTheOthersKeepTheirOrder() throws Exception {
    for (long id = 0; id < FRAMES; id++) {
      stream.send(frame(id));
    }
    greeted.take().request(Integer.MAX_VALUE);

    List<Long> ids = new ArrayList<>();
    do {
      ids.add(received.take().getProposal().getId());
    } while (ids.getLast() != FRAMES - 1);
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids.size()).isLessThan(FRAMES);
  }

  @Test
  void aPeerThatGoesAwayIsToldOnce() throws Exception {
    stream.send(frame(0));
    greeted.take();

    peer.shutdownNow();

    assertThat(closed.take()).isNotNull();
    stream.close();
    assertThat(closed).isEmpty();
  }

  private static ExchangeRequest frame(long id) {
    return PeerCodec.encode(
        new Frame.Proposed(new GroupId("system"), id, Bytes.wrap(new byte[1 << 10])));
  }

  private StreamObserver<ExchangeRequest> greeted(StreamObserver<ExchangeResponse> answers) {
    var call = (ServerCallStreamObserver<ExchangeResponse>) answers;
    call.disableAutoRequest();
    greeted.add(call);
    return new StreamObserver<>() {
      @Override
      public void onNext(ExchangeRequest frame) {
        received.add(frame);
      }

      @Override
      public void onError(Throwable left) {}

      @Override
      public void onCompleted() {}
    };
  }
}
