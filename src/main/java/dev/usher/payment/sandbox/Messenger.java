package dev.usher.payment.sandbox;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the {@link WebhookSender} look at the outbox again and again; does nothing without one. */
final class Messenger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);
  private static final long EVERY_MS = 50;

  private final WebhookSender sender;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "usher-sandbox-webhooks");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param wanted whether there is anybody to tell
   */
  Messenger(WebhookSender sender, boolean wanted) {
    this.sender = sender;
    if (wanted) {
      timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** A failure must not end the timer; when the ledger has failed, the process ends anyway. */
  private void look() {
    try {
      sender.look();
    } catch (RuntimeException e) {
      LOG.warn("webhooks not sent reason={}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    sender.close();
  }
}
