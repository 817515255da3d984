package dev.usher.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * While it is open the log's code says nothing on this thread: torn tails and damage are what a run
 * is about. Other threads run simulations too, and tests that listen.
 */
final class QuietLog implements AutoCloseable {
  private static final String MUTED = "dev.usher.raft.log.";
  private static final ThreadLocal<Boolean> OPEN = ThreadLocal.withInitial(() -> false);

  QuietLog() {
    OPEN.set(true);
  }

  @Override
  public void close() {
    OPEN.remove();
  }

  /** Named in logback-test.xml. */
  public static final class Filter extends TurboFilter {
    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        Logger logger,
        Level level,
        String format,
        Object @Nullable [] params,
        @Nullable Throwable t) {
      return OPEN.get() && logger.getName().startsWith(MUTED)
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }
  }
}
