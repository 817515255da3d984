package dev.usher.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.replica.UnavailableException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.SchedulerException;
import org.apache.pekko.grpc.Trailers;
import org.apache.pekko.grpc.internal.MissingParameterException;
import org.apache.pekko.grpc.javadsl.MetadataBuilder;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.http2.PeerClosedStreamException;
import org.apache.pekko.japi.Function;
import org.apache.pekko.stream.AbruptStreamTerminationException;

/**
 * The last word on a failed call, given to every generated handler. Pekko's own mapper throws on a
 * {@link StatusRuntimeException} without trailers, which closes the whole connection and every
 * other call on it; this one never throws and never hands out null trailers.
 */
final class Failures implements Function<ActorSystem, Function<Throwable, Trailers>> {
  /** Where rich errors travel (gRPC's {@code google.rpc.Status} convention). */
  private static final String DETAILS = "grpc-status-details-bin";

  private final RandomGenerator random;

  Failures(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Function<Throwable, Trailers> apply(ActorSystem system) {
    return this::trailers;
  }

  Trailers trailers(Throwable failure) {
    var told = explain(unwrap(failure)).status();
    var status = Status.fromCodeValue(told.getCode()).withDescription(told.getMessage());
    var details =
        new MetadataBuilder()
            .addBinary(DETAILS, org.apache.pekko.util.ByteString.fromArray(told.toByteArray()))
            .build();
    return new Trailers(status, details);
  }

  private CallException explain(Throwable cause) {
    return switch (cause) {
      case CallException told -> told;
      case EntityStreamSizeException large -> tooLarge();
      case MissingParameterException none -> malformed("holds no message");
      case InvalidProtocolBufferException bad -> malformed("is not the message that it should be");
      case UnsupportedOperationException unknown ->
          Errors.of(Reason.METHOD_UNKNOWN, "This service has no such method.");
      // What the gate does not see: a method that fails before it has a stage, or a stream.
      case UnavailableException none -> Errors.notRead(none);
      case TimeoutException late -> Errors.outcomeUnknown();
      // A node that ends in this very moment: its timers, threads or streams are gone already.
      case SchedulerException ending -> Errors.outcomeUnknown();
      case RejectedExecutionException ending -> Errors.outcomeUnknown();
      case AbruptStreamTerminationException ending -> Errors.outcomeUnknown();
      case CancellationException gone -> Errors.callerGone();
      case PeerClosedStreamException gone -> Errors.callerGone();
      case StatusRuntimeException foreign -> foreign(foreign.getStatus(), foreign);
      case StatusException foreign -> foreign(foreign.getStatus(), foreign);
      default -> internal(cause);
    };
  }

  /** The cause that the futures on the way have wrapped. */
  static Throwable unwrap(Throwable failure) {
    var cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  static CallException tooLarge() {
    return Errors.of(
        Reason.MESSAGE_TOO_LARGE,
        "A request has at most " + FrontDoor.MESSAGE_BYTES_MOST + " bytes.");
  }

  private static CallException malformed(String how) {
    return Errors.field(Reason.FIELD_INVALID, "", "the request " + how);
  }

  /** A status that a library below made, for example the decoder of a compressed frame. */
  private CallException foreign(Status status, Throwable cause) {
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> malformed("can't be read");
      case RESOURCE_EXHAUSTED -> tooLarge();
      case UNIMPLEMENTED ->
          Errors.of(Reason.ENCODING_UNSUPPORTED, "This encoding of messages is not supported.");
      default -> internal(cause);
    };
  }

  private CallException internal(Throwable cause) {
    return Errors.internal(HexFormat.of().toHexDigits(random.nextLong()), cause);
  }
}
