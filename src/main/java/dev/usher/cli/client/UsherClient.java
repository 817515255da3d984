package dev.usher.cli.client;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Calls the cluster as one caller. A call goes to the node that answered last; when that one can't
 * be reached, has no leader or doesn't answer in time, the same request with the same request_id
 * goes to the next node, until the deadline. So a node's death is seen as waiting only.
 *
 * <p>Immutable but for the node that answered last; safe for many threads. Repeating is safe
 * because every mutation has a request_id (AIP-155); callers must set it.
 */
public final class UsherClient {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** A node that accepts a call and says nothing (stopped, cut off) is left after this. */
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(5);

  private static final Duration ROUND_PAUSE_MIN = Duration.ofMillis(20);
  private static final Duration ROUND_PAUSE_MAX = Duration.ofMillis(250);

  private final Connections connections;
  private final Waiting waiting;
  private final Duration deadline;
  private final Duration attemptLimit;
  private final Optional<String> token;
  private final AtomicInteger lastGood;

  private UsherClient(
      Connections connections,
      Waiting waiting,
      Duration deadline,
      Duration attemptLimit,
      Optional<String> token,
      int firstNode) {
    this.connections = connections;
    this.waiting = waiting;
    this.deadline = deadline;
    this.attemptLimit = attemptLimit;
    this.token = token;
    this.lastGood = new AtomicInteger(firstNode);
  }

  /** A caller without a session, starting at the first node; {@code deadline} is a call's whole. */
  public static UsherClient of(Connections connections, Duration deadline) {
    return of(connections, deadline, Waiting.real());
  }

  /** The same with another clock. */
  public static UsherClient of(Connections connections, Duration deadline, Waiting waiting) {
    return new UsherClient(connections, waiting, deadline, ATTEMPT_LIMIT, Optional.empty(), 0);
  }

  /** The same connections with this session's token. */
  public UsherClient withToken(String sessionToken) {
    return new UsherClient(
        connections, waiting, deadline, attemptLimit, Optional.of(sessionToken), lastGood.get());
  }

  /** The same caller, beginning at another node (counted from 0, taken modulo their number). */
  public UsherClient startingAt(int node) {
    return new UsherClient(
        connections,
        waiting,
        deadline,
        attemptLimit,
        token,
        Math.floorMod(node, connections.nodes().size()));
  }

  /** The same caller with another deadline. */
  public UsherClient within(Duration otherDeadline) {
    return new UsherClient(
        connections, waiting, otherDeadline, attemptLimit, token, lastGood.get());
  }

  /** The same caller, leaving a node that says nothing after another time. */
  public UsherClient withAttemptLimit(Duration limit) {
    return new UsherClient(connections, waiting, deadline, limit, token, lastGood.get());
  }

  /** The address of the node that answered last (or will be tried first). */
  public NodeAddress lastNode() {
    return connections.nodes().get(lastGood.get());
  }

  public Connections connections() {
    return connections;
  }

  /**
   * Calls and waits for the answer.
   *
   * @throws CallFailedException the server's definite error, or UNAVAILABLE when no node answered
   *     within the deadline (then the outcome may be unknown: ask again with the same request_id)
   */
  public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) {
    long end = waiting.nanoTime() + deadline.toNanos();
    int count = connections.nodes().size();
    int node = lastGood.get();
    for (int attempt = 1; ; attempt++) {
      CallFailedException failure;
      try {
        A answer = once(rpc, request, node, end);
        lastGood.set(node);
        return answer;
      } catch (StatusRuntimeException e) {
        failure = CallFailedException.of(e);
      }
      if (!failure.retriable()) {
        lastGood.set(node);
        throw failure;
      }
      Duration pause = attempt % count == 0 ? roundPause(attempt / count, failure) : Duration.ZERO;
      if (Thread.currentThread().isInterrupted() || end - waiting.nanoTime() <= pause.toNanos()) {
        throw CallFailedException.noAnswer(deadline, count, failure);
      }
      if (!pause.isZero()) {
        waiting.pause(pause);
      }
      node = (node + 1) % count;
    }
  }

  /** Who reads a stream. */
  public interface StreamReader<A> {
    /** The stream begins, from its beginning, at this node; before that it may have broken off. */
    void begins(NodeAddress node);

    /** Takes the next message; false when it wants no more. */
    boolean takes(A message);
  }

  /**
   * Reads a stream to its end. When a node dies, drains or says nothing, the stream begins anew at
   * the next one; the deadline counts for the time without any message.
   *
   * @throws CallFailedException as {@link #call}
   */
  public <Q extends Message, A extends Message> void stream(
      Rpc<Q, A> rpc, Q request, StreamReader<A> reader) {
    int count = connections.nodes().size();
    int node = lastGood.get();
    var end = new AtomicLong(waiting.nanoTime() + deadline.toNanos());
    for (int attempt = 1; ; attempt++) {
      int current = node;
      CallFailedException failure;
      try {
        reader.begins(connections.nodes().get(current));
        readOnce(
            rpc,
            request,
            current,
            message -> {
              lastGood.set(current);
              end.set(waiting.nanoTime() + deadline.toNanos());
              return reader.takes(message);
            });
        return;
      } catch (StatusRuntimeException e) {
        failure = CallFailedException.of(e);
      }
      if (!failure.retriable()) {
        throw failure;
      }
      Duration pause = attempt % count == 0 ? roundPause(attempt / count, failure) : Duration.ZERO;
      if (Thread.currentThread().isInterrupted()
          || end.get() - waiting.nanoTime() <= pause.toNanos()) {
        throw CallFailedException.noAnswer(deadline, count, failure);
      }
      if (!pause.isZero()) {
        waiting.pause(pause);
      }
      node = (node + 1) % count;
    }
  }

  private <Q extends Message, A extends Message> void readOnce(
      Rpc<Q, A> rpc, Q request, int node, Predicate<A> taker) {
    var context = Context.current().withCancellation();
    var outer = context.attach();
    try {
      Iterator<A> messages =
          ClientCalls.blockingServerStreamingCall(
              channel(node), rpc.method(), CallOptions.DEFAULT, request);
      while (messages.hasNext() && taker.test(messages.next())) {
        // taken
      }
    } finally {
      context.detach(outer);
      // Whoever leaves early tells the node so.
      context.cancel(null);
    }
  }

  private Channel channel(int node) {
    Channel channel = connections.to(node);
    if (token.isEmpty()) {
      return channel;
    }
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token.get());
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private <Q extends Message, A extends Message> A once(
      Rpc<Q, A> rpc, Q request, int node, long end) {
    Channel channel = channel(node);
    // Taken last: making the first connection of a JVM loads a thousand classes.
    long nanos = Math.clamp(end - waiting.nanoTime(), 1, attemptLimit.toNanos());
    var options = CallOptions.DEFAULT.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
    return ClientCalls.blockingUnaryCall(channel, rpc.method(), options, request);
  }

  /** Between two rounds over all nodes: doubling, or as long as the server asks, within limits. */
  private static Duration roundPause(int round, CallFailedException failure) {
    long doubled = ROUND_PAUSE_MIN.toMillis() << Math.min(round - 1, 10);
    long asked = failure.retryDelay().map(Duration::toMillis).orElse(0L);
    return Duration.ofMillis(
        Math.clamp(
            Math.max(doubled, asked), ROUND_PAUSE_MIN.toMillis(), ROUND_PAUSE_MAX.toMillis()));
  }
}
