package dev.usher.replica;

import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ExchangeResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer and the stream on it. Whoever sends writes it into the connection, on
 * its own thread; what the connection does not take at once waits, and when too much waits the
 * oldest frames are dropped. Safe for any thread, and never blocks.
 */
final class PeerStream {
  private static final int FRAMES_WAITING_MAX = 2048;

  /** Bytes that the connection takes before frames wait here. */
  private static final int BYTES_AHEAD = 1 << 20;

  private final ManagedChannel channel;
  private final ArrayDeque<ExchangeRequest> waiting = new ArrayDeque<>();
  private @Nullable ClientCallStreamObserver<ExchangeRequest> call;
  private boolean closed;

  private PeerStream(ManagedChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins to connect.
   *
   * @param onAcknowledged called on the network's thread for every acknowledgement
   * @param onClosed called on the network's thread, once, with the cause (OK when the peer ended
   *     it), unless it was closed here
   */
  static PeerStream open(
      PeerAddress address, Consumer<ExchangeResponse> onAcknowledged, Consumer<Status> onClosed) {
    ManagedChannel channel = PeerMethods.channel(address);
    PeerStream stream = new PeerStream(channel);
    var unused =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(
                PeerMethods.EXCHANGE, CallOptions.DEFAULT.withOnReadyThreshold(BYTES_AHEAD)),
            stream.new Incoming(onAcknowledged, onClosed));
    return stream;
  }

  /** Sends, or keeps what can't be sent yet. */
  synchronized void send(ExchangeRequest frame) {
    if (closed) {
      return;
    }
    if (waiting.isEmpty() && call != null && call.isReady()) {
      call.onNext(frame);
      return;
    }
    if (waiting.size() == FRAMES_WAITING_MAX) {
      waiting.removeFirst();
    }
    waiting.addLast(frame);
  }

  private synchronized void sendWaiting() {
    while (!closed && call != null && call.isReady() && !waiting.isEmpty()) {
      call.onNext(waiting.removeFirst());
    }
  }

  /** Ends both halves, whatever state they are in; nothing more is sent or heard. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      waiting.clear();
      channel.shutdownNow();
    }
  }

  private synchronized boolean endedByPeer() {
    boolean first = !closed;
    close();
    return first;
  }

  private final class Incoming
      implements ClientResponseObserver<ExchangeRequest, ExchangeResponse> {
    private final Consumer<ExchangeResponse> onAcknowledged;
    private final Consumer<Status> onClosed;

    Incoming(Consumer<ExchangeResponse> onAcknowledged, Consumer<Status> onClosed) {
      this.onAcknowledged = onAcknowledged;
      this.onClosed = onClosed;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ExchangeRequest> started) {
      synchronized (PeerStream.this) {
        call = started;
      }
      started.setOnReadyHandler(PeerStream.this::sendWaiting);
    }

    @Override
    public void onNext(ExchangeResponse acknowledgement) {
      onAcknowledged.accept(acknowledgement);
    }

    @Override
    public void onError(Throwable failure) {
      if (endedByPeer()) {
        onClosed.accept(Status.fromThrowable(failure));
      }
    }

    @Override
    public void onCompleted() {
      if (endedByPeer()) {
        onClosed.accept(Status.OK);
      }
    }
  }
}
