package dev.usher.cli.load;

import dev.usher.cli.local.LocalClusterException;
import dev.usher.cli.local.SandboxFaults;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the payment provider be silent to one call now and then, in turns: to an authorization and
 * to a capture, before it does what it was asked for and after. Whose call it is nobody knows.
 */
final class SilentProvider {
  private record Silence(String fault, String operation) {}

  private static final List<Silence> IN_TURNS =
      List.of(
          new Silence("timeout-after", "authorize"),
          new Silence("timeout-before", "capture"),
          new Silence("timeout-before", "authorize"),
          new Silence("timeout-after", "capture"));

  private final SandboxFaults faults;
  private final AtomicInteger turns = new AtomicInteger();

  SilentProvider(SandboxFaults faults) {
    this.faults = faults;
  }

  /** The next call of a kind gets no answer. */
  void next() {
    var silence = IN_TURNS.get(turns.getAndIncrement() % IN_TURNS.size());
    try {
      var answer =
          faults.switchOn(silence.fault(), Map.of("on", silence.operation(), "times", "1"));
      if (answer.statusCode() != 200) {
        throw new LocalClusterException("the sandbox refused a fault: " + answer.body());
      }
    } catch (IOException e) {
      throw new LocalClusterException("the payment sandbox does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("interrupted", e);
    }
  }

  int count() {
    return turns.get();
  }
}
