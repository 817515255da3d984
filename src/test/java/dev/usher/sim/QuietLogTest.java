package dev.usher.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.log.WriteAheadLog;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class QuietLogTest {
  private final Logger log = LoggerFactory.getLogger(WriteAheadLog.class);

  @Test
  void itIsQuietOnItsOwnThreadAndWhileItIsOpen() {
    try (QuietLog quiet = new QuietLog()) {
      assertThat(log.isWarnEnabled()).as("while %s is open", quiet).isFalse();
      assertThat(CompletableFuture.supplyAsync(log::isWarnEnabled).join()).isTrue();
      assertThat(LoggerFactory.getLogger(QuietLogTest.class).isWarnEnabled()).isTrue();
    }
    assertThat(log.isWarnEnabled()).isTrue();
  }
}
