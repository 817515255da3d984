package dev.usher.grpc;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.grpc.javadsl.GrpcExceptionHandler;
import org.apache.pekko.grpc.javadsl.GrpcMarshalling;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * What every request meets first: a table of services, the size limit, and the end of service. A
 * method that is not in {@link MethodRoles} gets no further.
 */
final class FrontDoor {
  /** A seating plan of 4 MiB and what else is in its request. */
  static final int MESSAGE_BYTES_MOST = (4 << 20) + (64 << 10);

  /** Before each message: a flag and a length (gRPC over HTTP/2, "Length-Prefixed-Message"). */
  private static final int FRAME_HEADER_BYTES = 5;

  /** Text-mode gRPC-Web is base64: four bytes for three. */
  private static final long ENTITY_BYTES_MOST =
      (MESSAGE_BYTES_MOST + FRAME_HEADER_BYTES) * 4L / 3 + 4;

  private final PaymentDoor payments;
  private final Map<String, GrpcEdge.Handler> services;
  private final String reflection;
  private final Failures failures;
  private final ActorSystem<?> system;
  private final Traffic traffic;

  /**
   * @param payments what is the payment provider's and not gRPC
   * @param services handlers by full service name
   * @param reflection the one service among them whose methods are not in the table of roles
   * @param traffic whether calls are taken
   */
  FrontDoor(
      PaymentDoor payments,
      Map<String, GrpcEdge.Handler> services,
      String reflection,
      Traffic traffic,
      Failures failures,
      ActorSystem<?> system) {
    this.payments = payments;
    this.services = Map.copyOf(services);
    this.reflection = reflection;
    this.traffic = traffic;
    this.failures = failures;
    this.system = system;
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) throws Exception {
    var ofPayments = payments.handle(request);
    return ofPayments.isPresent() ? ofPayments.get() : serve(request);
  }

  private CompletionStage<HttpResponse> serve(HttpRequest request) throws Exception {
    var path = request.getUri().path();
    var method = path.startsWith("/") ? path.substring(1) : path;
    int slash = method.indexOf('/');
    var service = slash < 0 ? method : method.substring(0, slash);
    var handler = services.get(service);
    if (handler == null || !(service.equals(reflection) || MethodRoles.of(method).isPresent())) {
      return refuse(
          request, Errors.of(Reason.METHOD_UNKNOWN, "There is no method " + method + "."));
    }
    if (isCompressed(request)) {
      // A few kilobytes can unfold to gigabytes, and the decoder has no limit.
      return refuse(
          request,
          Errors.of(Reason.ENCODING_UNSUPPORTED, "Send messages uncompressed (identity)."));
    }
    HttpRequest arriving;
    try {
      arriving = arriving(request, service);
    } catch (CallException malformed) {
      return refuse(request, malformed);
    }
    return traffic.pass(service, arriving, handler, this::refuse);
  }

  /**
   * Bounds what has not arrived yet in size and, but for the endless conversations of reflection,
   * in time: a caller that begins a request and never ends it must not count as under way for ever.
   */
  private HttpRequest arriving(HttpRequest request, String service) {
    var entity = request.entity();
    boolean isSmall =
        entity.isStrict()
            && entity.getContentLengthOption().orElse(Long.MAX_VALUE) <= ENTITY_BYTES_MOST;
    if (isSmall) {
      return request;
    }
    var bytes =
        Flow.of(ByteString.class)
            .mapError(Throwable.class, FrontDoor::cutShort)
            .via(new SizeLimit(ENTITY_BYTES_MOST));
    return request.transformEntityDataBytes(
        service.equals(reflection) ? bytes : inTime(bytes, request));
  }

  /** The caller or its connection is gone, whatever that looks like from here. */
  private static Throwable cutShort(Throwable failure) {
    return failure instanceof EntityStreamSizeException ? failure : Errors.callerGone();
  }

  private static Flow<ByteString, ByteString, NotUsed> inTime(
      Flow<ByteString, ByteString, NotUsed> bytes, HttpRequest request) {
    var header = request.getHeader(Deadline.HEADER).map(HttpHeader::value);
    return bytes
        .completionTimeout(Deadline.allowed(header, Deadline.MOST))
        .mapError(TimeoutException.class, late -> Errors.deadlinePassed());
  }

  private static boolean isCompressed(HttpRequest request) {
    return request
        .getHeader("grpc-encoding")
        .filter(header -> !header.value().equals("identity"))
        .isPresent();
  }

  /** Answers as gRPC does, in the dialect that was asked in; a browser at large gets a 404. */
  private CompletionStage<HttpResponse> refuse(HttpRequest request, CallException why) {
    request.entity().discardBytes(system);
    return GrpcMarshalling.<HttpResponse>negotiated(
            request,
            (reader, writer) ->
                CompletableFuture.completedFuture(
                    GrpcExceptionHandler.standard(why, failures, writer, system)))
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    HttpResponse.create()
                        .withStatus(StatusCodes.NOT_FOUND)
                        .withEntity("This port speaks gRPC and gRPC-Web.\n")));
  }
}
