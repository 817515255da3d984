package dev.usher.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
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

  /** A method and its answer; it may throw a {@link StatusRuntimeException}. */
  public record Answering<Q extends Message, A extends Message>(
      Rpc<Q, A> rpc, Function<Q, A> answer) {}

  public static FakeNode start(Answering<?, ?>... methods) throws IOException {
    return startAt(0, methods);
  }

  /** As {@link #start}, on this port; 0 is any that is free. */
  public static FakeNode startAt(int port, Answering<?, ?>... methods) throws IOException {
    var received = new ConcurrentLinkedQueue<Message>();
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .directExecutor();
    Map<String, List<Answering<?, ?>>> byService =
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
      ServerServiceDefinition.Builder service, Answering<Q, A> method, Queue<Message> received) {
    service.addMethod(
        method.rpc().method(),
        ServerCalls.asyncUnaryCall(
            (request, observer) -> {
              received.add(request);
              try {
                observer.onNext(method.answer().apply(request));
                observer.onCompleted();
              } catch (StatusRuntimeException e) {
                observer.onError(e);
              }
            }));
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
