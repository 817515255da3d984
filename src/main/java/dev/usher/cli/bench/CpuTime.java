package dev.usher.cli.bench;

import java.time.Duration;

/**
 * CPU time of all nodes.
 *
 * @param all of their processes
 * @param compilers the part of it that the JVMs' compilers took: it ends when the code is warm
 */
public record CpuTime(Duration all, Duration compilers) {
  static final CpuTime NONE = new CpuTime(Duration.ZERO, Duration.ZERO);

  CpuTime plus(CpuTime other) {
    return new CpuTime(all.plus(other.all), compilers.plus(other.compilers));
  }

  CpuTime minus(CpuTime earlier) {
    return new CpuTime(all.minus(earlier.all), compilers.minus(earlier.compilers));
  }

  /** In seconds for a thousand bookings. */
  PerThousand perThousand(long bookings) {
    return new PerThousand(all.toNanos() / 1e6 / bookings, compilers.toNanos() / 1e6 / bookings);
  }

  /** CPU seconds per 1000 bookings. */
  public record PerThousand(double all, double compilers) {
    /** What a booking costs once all code is compiled. */
    double warm() {
      return all - compilers;
    }
  }
}
