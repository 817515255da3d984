package dev.usher.replica;

import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import dev.usher.replica.proto.peer.PeerService;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;

/**
 * The one method of the peer port. Both of its ends are grpc-java's, on the threads of the network
 * itself: between nodes every thread that a frame waits for is paid by each commit (decision 19).
 */
final class PeerExchange {
  /** A frame of more bytes ends its stream; the largest that a peer sends is a little smaller. */
  static final int FRAME_BYTES_MAX = 40 << 20;

  static final MethodDescriptor<ExchangeRequest, ExchangeResponse> METHOD =
      MethodDescriptor.<ExchangeRequest, ExchangeResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(PeerService.name, "Exchange"))
          .setRequestMarshaller(ProtoUtils.marshaller(ExchangeRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(ExchangeResponse.getDefaultInstance()))
          .setSampledToLocalTracing(false)
          .build();

  private PeerExchange() {}
}
