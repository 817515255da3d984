package dev.usher.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** While it is open the log's code says nothing: torn tails and damage are what a run is about. */
final class QuietLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.usher.raft.log");
  private final Level before = logger.getLevel();

  QuietLog() {
    logger.setLevel(Level.OFF);
  }

  @Override
  public void close() {
    logger.setLevel(before);
  }
}
