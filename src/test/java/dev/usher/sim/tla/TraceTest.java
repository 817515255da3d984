package dev.usher.sim.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the engine does in the simulator's storms, the specification allows. */
@Execution(ExecutionMode.CONCURRENT)
class TraceTest {
  @Test
  void aTroubledClusterOfThreeKeepsToTheSpecification() throws Exception {
    long fresh = ThreadLocalRandom.current().nextLong(1L << 40);
    assertAllAccepted(
        "three",
        Stream.concat(Recording.troubled(1, 3).limit(3), Recording.troubled(fresh, 3).limit(1))
            .toList());
  }

  @Test
  void aTroubledClusterOfFiveKeepsToTheSpecification() throws Exception {
    assertAllAccepted("five", Recording.troubled(1, 5).limit(1).toList());
  }

  private static void assertAllAccepted(String session, List<Recording> recordings)
      throws IOException, InterruptedException {
    recordings.forEach(System.out::println);
    SortedMap<String, List<TraceEvent>> traces = new TreeMap<>();
    recordings.forEach(recording -> traces.put(recording.name(), recording.events()));
    Tribunal.Verdicts verdicts =
        Tribunal.judge(session, (int) recordings.getFirst().nodes(), traces);
    assertThat(verdicts.outcome().troubles()).isEmpty();
    assertThat(verdicts.outcome().violated()).isEmpty();
    traces.forEach(
        (name, events) -> {
          Tribunal.Verdict verdict = verdicts.of(name);
          assertThat(verdict.accepted())
              .as(
                  "%s is accepted; TLC came to %s",
                  name, verdict.accepted() ? "its end" : events.get(verdict.next()))
              .isTrue();
        });
  }
}
