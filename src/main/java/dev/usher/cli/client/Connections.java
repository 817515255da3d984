package dev.usher.cli.client;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A connection to each node, opened when first used; safe for many threads. */
public final class Connections implements AutoCloseable {
  /** A seating plan of 4 MiB goes out, a page of 5,000 seats comes in. */
  private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** A stream from a node that is cut off would otherwise be waited for without end. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private final List<NodeAddress> nodes;
  private final AtomicReferenceArray<@Nullable ManagedChannel> channels;

  public Connections(List<NodeAddress> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("at least one node address is needed");
    }
    this.nodes = List.copyOf(nodes);
    this.channels = new AtomicReferenceArray<>(nodes.size());
  }

  public List<NodeAddress> nodes() {
    return nodes;
  }

  ManagedChannel to(int node) {
    ManagedChannel channel = channels.get(node);
    if (channel == null) {
      ManagedChannel opened = open(nodes.get(node));
      if (channels.compareAndSet(node, null, opened)) {
        return opened;
      }
      opened.shutdownNow();
      return to(node);
    }
    // After a refused connection grpc-java waits up to two minutes before it dials again, and fails
    // every call meanwhile; the rhythm of retries is the client's here, so dial at once.
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    return channel;
  }

  private static ManagedChannel open(NodeAddress node) {
    return NettyChannelBuilder.forAddress(new InetSocketAddress(node.host(), node.port()))
        .usePlaintext()
        .directExecutor()
        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
        .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .withOption(
            io.grpc.netty.shaded.io.netty.channel.ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) CONNECT_TIMEOUT.toMillis())
        .build();
  }

  /** Closes every connection; calls under way fail. */
  @Override
  public void close() {
    for (int node = 0; node < channels.length(); node++) {
      ManagedChannel channel = channels.get(node);
      if (channel != null) {
        channel.shutdownNow();
      }
    }
    for (int node = 0; node < channels.length(); node++) {
      ManagedChannel channel = channels.get(node);
      if (channel != null) {
        try {
          channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
