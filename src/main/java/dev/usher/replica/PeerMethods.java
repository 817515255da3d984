package dev.usher.replica;

import com.google.protobuf.Message;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.IntroduceRequest;
import dev.usher.replica.proto.peer.IntroduceResponse;
import dev.usher.replica.proto.peer.PeerService;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;

/**
 * The methods of the peer port. Both of their ends are grpc-java's, on the threads of the network
 * itself: between nodes every thread that a frame waits for is paid by each commit (decision 19).
 */
final class PeerMethods {
  /** A frame of more bytes ends its stream; the largest that a peer sends is a little smaller. */
  static final int FRAME_BYTES_MAX = 40 << 20;

  static final MethodDescriptor<ExchangeRequest, ExchangeResponse> EXCHANGE =
      method(
          MethodType.BIDI_STREAMING,
          "Exchange",
          ExchangeRequest.getDefaultInstance(),
          ExchangeResponse.getDefaultInstance());

  static final MethodDescriptor<IntroduceRequest, IntroduceResponse> INTRODUCE =
      method(
          MethodType.UNARY,
          "Introduce",
          IntroduceRequest.getDefaultInstance(),
          IntroduceResponse.getDefaultInstance());

  private PeerMethods() {}

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      MethodType type, String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(PeerService.name, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .setSampledToLocalTracing(false)
        .build();
  }

  /** A connection to a node, which begins with the first call on it. */
  static ManagedChannel channel(PeerAddress address) {
    return PeerLoop.connect(NettyChannelBuilder.forAddress(address.host(), address.port()))
        .usePlaintext()
        .directExecutor()
        .disableRetry()
        .disableServiceConfigLookUp()
        .proxyDetector(any -> null)
        .build();
  }
}
