package dev.usher.cli.client;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that jumps over every pause, so that waiting takes no time. */
public final class JumpingClock implements Waiting {
  private final AtomicLong jumped = new AtomicLong();
  private final Queue<Duration> pauses = new ConcurrentLinkedQueue<>();

  @Override
  public long nanoTime() {
    return jumped.get();
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    jumped.addAndGet(duration.toNanos());
  }

  List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
