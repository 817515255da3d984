package dev.usher.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.demo.Checks.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final Check HELD = new Check("audit", "no differences", true);
  private static final Check BROKEN = new Check("paid-once-each", "captured twice", false);

  private static final List<Death> KILLED =
      List.of(
          new Death("node-2", Duration.ofMillis(7_900), true),
          new Death("node-3", Duration.ofSeconds(214), false));

  /** A hundred answers, after 1 to 100 ms; each tenth a refusal. */
  private static LoadReport report(Check... checks) {
    try (var nobody = new Connections(NodeAddress.parseList("localhost:1"))) {
      var buyer = new Buyer("a@b.c", UsherClient.of(nobody, Duration.ofSeconds(1)), "");
      var given =
          IntStream.rangeClosed(1, 100)
              .mapToObj(
                  i ->
                      new Given(
                          Order.of(buyer, "events/e", "events/e/seats/" + i),
                          i % 10 == 0
                              ? new Answer.Refused("SEAT_UNAVAILABLE")
                              : new Answer.Booked("events/e/bookings/" + i),
                          TimeUnit.MILLISECONDS.toNanos(i)))
              .toList();
      return LoadReport.of(given, 4, KILLED, 5, List.of(checks));
    }
  }

  @Test
  void answersAreCountedByKindAndTimesAreOfAll() {
    assertThat(report(HELD).text())
        .containsSubsequence("booked", "90", "refused: SEAT_UNAVAILABLE", "10")
        .contains("100 answers in 4 s (25/s); p50 50 ms, p99 99 ms, longest 100 ms")
        .contains(
            "2 leaders killed (node-2 back after 7 s, node-3 not back after 214 s), 5 silences");
  }

  @Test
  void theJsonHasTheSameFigures() throws IOException {
    var json = new ObjectMapper().readTree(report(HELD).json());
    assertThat(json.at("/answers/booked").asInt()).isEqualTo(90);
    assertThat(json.at("/answeredWithinMs/p99").asDouble()).isEqualTo(99);
    assertThat(json.at("/killed/0/awaySeconds").asDouble()).isEqualTo(7.9);
    assertThat(json.at("/killed/1/node").asText()).isEqualTo("node-3");
    assertThat(json.at("/killed/1/serves").asBoolean()).isFalse();
    assertThat(json.at("/checks/0/held").asBoolean()).isTrue();
  }

  @Test
  void aRunHeldOnlyWhenSomethingWasCheckedAndAllOfItHeld() {
    assertThat(report(HELD).held()).isTrue();
    assertThat(report(HELD, BROKEN).held()).isFalse();
    assertThat(report().held()).isFalse();
  }
}
