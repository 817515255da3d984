package dev.usher.replica;

import com.typesafe.config.Config;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * The one thread of this process that serves the connections between nodes, and steps the engines
 * of all groups: a frame is read, answered and written without being handed over. It never blocks;
 * the disk and the state machines have threads of their own.
 */
final class PeerLoop {
  private static final boolean HAS_EPOLL = Epoll.isAvailable();
  private static final EventLoopGroup LOOP = start(new DefaultThreadFactory("usher-peers", true));

  private PeerLoop() {}

  /** For actors of the wire and the engines: the configuration puts this dispatcher on the loop. */
  static DispatcherSelector dispatcher() {
    return DispatcherSelector.fromConfig("usher.raft-dispatcher");
  }

  private static EventLoopGroup start(ThreadFactory threads) {
    return HAS_EPOLL ? new EpollEventLoopGroup(1, threads) : new NioEventLoopGroup(1, threads);
  }

  static NettyServerBuilder serve(NettyServerBuilder server) {
    return server
        .bossEventLoopGroup(LOOP)
        .workerEventLoopGroup(LOOP)
        .channelType(HAS_EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  static NettyChannelBuilder connect(NettyChannelBuilder channel) {
    return channel
        .eventLoopGroup(LOOP)
        .channelType(HAS_EPOLL ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  /** Runs this on the loop, as soon as the frames that were sent before are on their way. */
  static void afterFrames(Runnable task) {
    LOOP.execute(task);
  }

  /**
   * Runs this on the loop again and again, so that time passes for the engines while other threads
   * wait for a processor. A time that the loop was late for is not made up for.
   *
   * @return ends it
   */
  static Runnable every(Duration delay, Runnable task) {
    long nanos = delay.toNanos();
    var ticks = LOOP.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> ticks.cancel(false);
  }

  /** Makes the loop the executor of a dispatcher; named in the configuration. */
  static final class Configurator extends ExecutorServiceConfigurator {
    Configurator(Config config, DispatcherPrerequisites prerequisites) {
      super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
      Thread.UncaughtExceptionHandler onFatal =
          threads.newThread(() -> {}).getUncaughtExceptionHandler();
      return () -> new Executor(onFatal);
    }
  }

  /** A system's use of the loop, which outlives it. */
  private static final class Executor extends AbstractExecutorService {
    private final Thread.UncaughtExceptionHandler onFatal;
    private volatile boolean ended;

    Executor(Thread.UncaughtExceptionHandler onFatal) {
      this.onFatal = onFatal;
    }

    /** What a thread of the system's own would die of must not be lost in the loop. */
    @Override
    public void execute(Runnable task) {
      LOOP.execute(
          () -> {
            try {
              task.run();
            } catch (Throwable fatal) {
              onFatal.uncaughtException(Thread.currentThread(), fatal);
              throw fatal;
            }
          });
    }

    @Override
    public void shutdown() {
      ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      ended = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return ended;
    }

    @Override
    public boolean isTerminated() {
      return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
