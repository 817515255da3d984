package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Code;
import dev.usher.directory.DirectoryReason;
import dev.usher.replica.Outcome;
import dev.usher.seats.SeatReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  /** Rooms whose outcomes reach the edge. */
  private static final List<String> ROOMS =
      List.of("auth", "booking", "chat", "directory", "payment", "seats");

  private static final Pattern SHOUTED = Pattern.compile("\"([A-Z]+(?:_[A-Z0-9]+)+)\"");

  /** Shouted texts of those rooms that are no reasons. */
  private static final Set<String> NO_REASONS =
      Set.of(
          "POSIX_FILE",
          // what a system did in the dialogues that the assistant is measured with
          "NOTIFY_FAILURE",
          "NOTIFY_SUCCESS",
          "OFFER_INTENT",
          "REQ_MORE");

  @ParameterizedTest
  @EnumSource(SeatReason.class)
  void everyReasonOfTheSeatsHasACode(SeatReason reason) {
    assertThat(Reason.of(reason.name())).isPresent();
  }

  @ParameterizedTest
  @EnumSource(DirectoryReason.class)
  void everyReasonOfTheDirectoryHasACode(DirectoryReason reason) {
    assertThat(Reason.of(reason.name())).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Outcome.Reason.class)
  void everyReasonOfAReplicaHasACode(Outcome.Reason reason) {
    assertThat(Reason.of(reason.name())).isPresent();
  }

  @Test
  void everyReasonThatARoomWritesOutHasACode() {
    var unknown = new TreeSet<String>();
    for (var room : ROOMS) {
      sources(Path.of("src/main/java/dev/usher", room))
          .forEach(
              source ->
                  SHOUTED
                      .matcher(source)
                      .results()
                      .map(match -> match.group(1))
                      .filter(name -> Reason.of(name).isEmpty() && !NO_REASONS.contains(name))
                      .forEach(unknown::add));
    }
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SEAT_UNAVAILABLE, FAILED_PRECONDITION",
    "PAYMENT_DECLINED, FAILED_PRECONDITION",
    "LOGIN_THROTTLED, RESOURCE_EXHAUSTED",
    "REQUEST_ID_REUSED, INVALID_ARGUMENT",
    "ETAG_MISMATCH, ABORTED",
    "SESSION_EXPIRED, UNAUTHENTICATED",
    "ROLE_REQUIRED, PERMISSION_DENIED",
    "RESOURCE_NOT_FOUND, NOT_FOUND",
    "NO_LEADER, UNAVAILABLE",
    "OUTCOME_UNKNOWN, UNAVAILABLE",
    "REVISION_COMPACTED, OUT_OF_RANGE"
  })
  void theCodesAreThoseOfTheDesign(Reason reason, Code code) {
    assertThat(reason.code()).isEqualTo(code);
  }

  @Test
  void unavailableIsAlwaysAndAFailedPreconditionNeverWorthARetry() {
    assertThat(Arrays.stream(Reason.values()).filter(r -> r.code() == Code.UNAVAILABLE))
        .allMatch(Reason::retriable);
    assertThat(Arrays.stream(Reason.values()).filter(r -> r.code() == Code.FAILED_PRECONDITION))
        .noneMatch(Reason::retriable);
  }

  @Test
  void aReasonWithoutACodeIsAFaultOfOurs() {
    assertThatThrownBy(() -> Errors.named("NO_SUCH_REASON", "", Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NO_SUCH_REASON");
  }

  private static List<String> sources(Path room) {
    try (Stream<Path> files = Files.walk(room)) {
      return files.filter(file -> file.toString().endsWith(".java")).map(ReasonTest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
