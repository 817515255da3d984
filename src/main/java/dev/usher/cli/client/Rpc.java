package dev.usher.cli.client;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;

/**
 * One method of the API. Built by hand from the messages, because the generated stubs are Pekko's
 * and would start an actor system for a single call.
 */
public record Rpc<Q extends Message, A extends Message>(MethodDescriptor<Q, A> method) {

  /** The method {@code service/name} that takes and gives the types of these default instances. */
  static <Q extends Message, A extends Message> Rpc<Q, A> unary(
      String service, String name, Q request, A answer) {
    return of(MethodDescriptor.MethodType.UNARY, service, name, request, answer);
  }

  /** The same, giving any number of answers. */
  static <Q extends Message, A extends Message> Rpc<Q, A> streaming(
      String service, String name, Q request, A answer) {
    return of(MethodDescriptor.MethodType.SERVER_STREAMING, service, name, request, answer);
  }

  private static <Q extends Message, A extends Message> Rpc<Q, A> of(
      MethodDescriptor.MethodType type, String service, String name, Q request, A answer) {
    return new Rpc<>(
        MethodDescriptor.<Q, A>newBuilder()
            .setType(type)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
            .setRequestMarshaller(ProtoUtils.marshaller(request))
            .setResponseMarshaller(ProtoUtils.marshaller(answer))
            .setSampledToLocalTracing(false)
            .build());
  }
}
