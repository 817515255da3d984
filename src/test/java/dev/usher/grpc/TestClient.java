package dev.usher.grpc;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** A stock grpc-java client that knows no generated stub: one connection, any method. */
final class TestClient implements AutoCloseable {
  /** Bounds a test that would otherwise hang. */
  private static final long PATIENCE_SECONDS = 30;

  private final ManagedChannel channel;

  TestClient(InetSocketAddress address) {
    channel =
        NettyChannelBuilder.forAddress(address)
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();
  }

  /** A unary call; the deadline is the client's own and does not travel. */
  <A extends Message> A call(String method, Message request, A answer, Metadata headers) {
    return ClientCalls.blockingUnaryCall(
        with(headers),
        descriptor(MethodDescriptor.MethodType.UNARY, method, request, answer),
        CallOptions.DEFAULT,
        request);
  }

  <A extends Message> A call(String method, Message request, A answer, String token) {
    return call(method, request, answer, bearer(token));
  }

  <A extends Message> Iterator<A> stream(String method, Message request, A answer, String token) {
    return ClientCalls.blockingServerStreamingCall(
        with(bearer(token)),
        descriptor(MethodDescriptor.MethodType.SERVER_STREAMING, method, request, answer),
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /** The error that a call must end with. */
  ApiError refused(String method, Message request, String token) {
    return refused(method, request, bearer(token));
  }

  ApiError refused(String method, Message request, Metadata headers) {
    try {
      var answer = call(method, request, com.google.protobuf.Empty.getDefaultInstance(), headers);
      throw new AssertionError(method + " should have failed, but answered " + answer);
    } catch (StatusRuntimeException e) {
      return ApiError.of(e);
    }
  }

  static Metadata bearer(String token) {
    return token.isEmpty() ? new Metadata() : header("authorization", "Bearer " + token);
  }

  static Metadata header(String name, String value) {
    var metadata = new Metadata();
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return metadata;
  }

  Channel with(Metadata headers) {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  static <A extends Message> MethodDescriptor<Message, A> descriptor(
      MethodDescriptor.MethodType type, String method, Message request, A answer) {
    return MethodDescriptor.<Message, A>newBuilder()
        .setType(type)
        .setFullMethodName(method)
        .setRequestMarshaller(ProtoUtils.marshaller(request.getDefaultInstanceForType()))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
