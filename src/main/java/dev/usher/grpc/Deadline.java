package dev.usher.grpc;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.pekko.grpc.javadsl.Metadata;

/**
 * Until when a call must be answered. The client's {@code grpc-timeout} counts (gRPC over HTTP/2,
 * "Timeout"), which the HTTP server itself ignores; a call without one gets the method's default.
 *
 * @param atNanos on the clock of {@code nanoTime}, which never jumps
 */
record Deadline(long atNanos, LongSupplier nanoTime) {
  static final Duration FOR_READS = Duration.ofSeconds(5);
  static final Duration FOR_CHANGES = Duration.ofSeconds(10);

  /** No call takes longer, whatever the client allows. */
  static final Duration MOST = Duration.ofSeconds(60);

  /** The answer must still travel: the steps get this much less than the caller gave. */
  private static final Duration TRAVEL_MOST = Duration.ofMillis(100);

  static final String HEADER = "grpc-timeout";
  private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

  /** Reads the deadline of a call that came in now; a malformed one is INVALID_ARGUMENT. */
  static Deadline of(Metadata metadata, Duration byDefault, LongSupplier nanoTime) {
    var allowed = allowed(metadata.getText(HEADER), byDefault);
    return new Deadline(nanoTime.getAsLong() + allowed.toNanos(), nanoTime);
  }

  /** What a caller allows, as far as any caller may; malformed is INVALID_ARGUMENT. */
  static Duration allowed(Optional<String> header, Duration byDefault) {
    var allowed = header.map(Deadline::parse).orElse(byDefault);
    return allowed.compareTo(MOST) < 0 ? allowed : MOST;
  }

  /** What is left; never negative. */
  Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, atNanos - nanoTime.getAsLong()));
  }

  /** What a step may take, so that its answer still reaches the caller: at least 1 ms. */
  Duration timeForStep() {
    var left = timeLeft();
    var tenth = left.dividedBy(10);
    var travel = tenth.compareTo(TRAVEL_MOST) < 0 ? tenth : TRAVEL_MOST;
    var time = left.minus(travel);
    return time.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : time;
  }

  boolean isPast() {
    return timeLeft().isZero();
  }

  private static Duration parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw Errors.field(
          Reason.FIELD_INVALID,
          HEADER,
          "must be 1 to 8 digits and one of H, M, S, m, u, n, for example 500m");
    }
    long value = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "H" -> Duration.ofHours(value);
      case "M" -> Duration.ofMinutes(value);
      case "S" -> Duration.ofSeconds(value);
      case "m" -> Duration.ofMillis(value);
      case "u" -> Duration.ofNanos(value * 1_000);
      case "n" -> Duration.ofNanos(value);
      default -> throw new IllegalStateException("the pattern allows no other unit");
    };
  }
}
