package dev.usher.sim;

import java.util.Arrays;

/** How often each kind of fault really happened in a run: not drawn, happened. */
final class Coverage {
  private final long[] times = new long[FaultKind.values().length];

  void saw(FaultKind kind) {
    times[kind.ordinal()]++;
  }

  long times(FaultKind kind) {
    return times[kind.ordinal()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coverage coverage && Arrays.equals(times, coverage.times);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(times);
  }

  @Override
  public String toString() {
    return Arrays.toString(times);
  }
}
