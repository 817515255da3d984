package dev.usher.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A stock gRPC server on a free port with methods that answer as a test wants. */
public final class FakeNode implements AutoCloseable {
  private final Server server;
  private final Queue<Message> received;

  private FakeNode(Server server, Queue<Message> received) {
    this.server = server;
    this.received = received;
  }

  /** What the server does when a method is called. */
  public sealed interface Serving<Q extends Message, A extends Message> {
    Rpc<Q, A> rpc();

    /** May throw a {@link StatusRuntimeException}, also when it is read. */
    Iterator<A> answers(Q request);
  }

  /** A method and its answer; it may throw a {@link StatusRuntimeException}. */
  public record Answering<Q extends Message, A extends Message>(
      Rpc<Q, A> rpc, Function<Q, A> answer) implements Serving<Q, A> {
    @Override
    public Iterator<A> answers(Q request) {
      return List.of(answer.apply(request)).iterator();
    }
  }

  /** A method and its answers, which may end with a {@link StatusRuntimeException}. */
  public record Streaming<Q extends Message, A extends Message>(
      Rpc<Q, A> rpc, Function<Q, Iterator<A>> stream) implements Serving<Q, A> {
    @Override
    public Iterator<A> answers(Q request) {
      return stream.apply(request);
    }
  }

  public static FakeNode start(Serving<?, ?>... methods) throws IOException {
    return startAt(0, methods);
  }

  /** As {@link #start}, on this port; 0 is any that is free. */
  public static FakeNode startAt(int port, Serving<?, ?>... methods) throws IOException {
    var received = new ConcurrentLinkedQueue<Message>();
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .directExecutor();
    Map<String, List<Serving<?, ?>>> byService =
        Arrays.stream(methods)
            .collect(Collectors.groupingBy(m -> m.rpc().method().getServiceName()));
    byService.forEach(
        (name, ofService) -> {
          var service = ServerServiceDefinition.builder(name);
          ofService.forEach(method -> add(service, method, received));
          builder.addService(service.build());
        });
    return new FakeNode(builder.build().start(), received);
  }

  private static <Q extends Message, A extends Message> void add(
      ServerServiceDefinition.Builder service, Serving<Q, A> method, Queue<Message> received) {
    var rpc = method.rpc().method();
    service.addMethod(
        rpc,
        rpc.getType() == MethodDescriptor.MethodType.SERVER_STREAMING
            ? ServerCalls.asyncServerStreamingCall(
                (request, observer) -> serve(method, request, observer, received))
            : ServerCalls.asyncUnaryCall(
                (request, observer) -> serve(method, request, observer, received)));
  }

  private static <Q extends Message, A extends Message> void serve(
      Serving<Q, A> method, Q request, StreamObserver<A> observer, Queue<Message> received) {
    received.add(request);
    try {
      method.answers(request).forEachRemaining(observer::onNext);
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }

  /** An error as the edge makes it. */
  public static StatusRuntimeException error(
      Code code, String reason, String message, Message... more) {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setDomain("usher").setReason(reason).build()));
    Arrays.stream(more).map(Any::pack).forEach(status::addDetails);
    return StatusProto.toStatusRuntimeException(status.build(), new Metadata());
  }

  public NodeAddress address() {
    return new NodeAddress("127.0.0.1", server.getPort());
  }

  public List<Message> received() {
    return List.copyOf(received);
  }

  /** Ends at once, as a killed node does. */
  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
