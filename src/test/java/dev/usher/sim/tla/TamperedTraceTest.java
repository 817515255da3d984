package dev.usher.sim.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A specification that accepts everything proves nothing: a lie about one event of a trace is
 * refused, and where it is told. TLC judges all in one run.
 */
class TamperedTraceTest {
  private static final Map<Tampering, Tampering.Tampered> TOLD = new EnumMap<>(Tampering.class);
  private static Tribunal.Verdicts verdicts;

  @BeforeAll
  static void judgeAll() throws Exception {
    List<Recording> honest = Recording.troubled(1, 3).limit(6).toList();
    SortedMap<String, List<TraceEvent>> traces = new TreeMap<>();
    for (Tampering tampering : Tampering.values()) {
      Tampering.Tampered told =
          honest.stream()
              .flatMap(recording -> tampering.on(recording.events()).stream())
              .findFirst()
              .orElseThrow(() -> new AssertionError("no place for " + tampering));
      TOLD.put(tampering, told);
      traces.put(tampering.name(), told.events());
    }
    verdicts = Tribunal.judge("tampered", 3, traces);
  }

  @ParameterizedTest
  @EnumSource
  void aTamperedTraceIsRefusedWhereItLies(Tampering tampering) {
    assertThat(verdicts.outcome().troubles()).isEmpty();
    assertThat(verdicts.of(tampering.name()))
        .isEqualTo(new Tribunal.Verdict(false, Objects.requireNonNull(TOLD.get(tampering)).at()));
  }
}
