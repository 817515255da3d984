package dev.usher.chat;

import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.model.Model;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Situation;
import dev.usher.chat.understanding.Understanding;
import dev.usher.chat.understanding.Understood;
import dev.usher.seats.SeatView.Event;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to understand one message, from the text to the decision, before a catalogue of
 * fifty events: {@code bin/bench-parse}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class ParseBenchmark {
  private static final LocalDate TODAY = LocalDate.parse("2026-01-05");

  @Param({
    "yes",
    "two tickets for the Tempest",
    "I'd like to book tree seats for hamlt next Friday evening, somewhere in the stalls please",
    "what's the weather like in Amsterdam tomorrow?"
  })
  private String message = "";

  private final Understanding understanding =
      new Understanding(LanguageReader.shipped("en"), Model.shipped("en"));
  private final Catalogue catalogue = catalogue();

  private static Catalogue catalogue() {
    var names = List.of("Hamlet", "The Tempest", "An Evening of Jazz", "Swan Lake", "Macbeth");
    var events =
        IntStream.range(0, 50).mapToObj(i -> event("e" + i, names.get(i % names.size()))).toList();
    return new Catalogue(events, Map.of());
  }

  private static Event event(String id, String name) {
    return new Event(
        id,
        name,
        "v",
        "Royal Theatre",
        "London",
        1_767_960_000_000L,
        "GBP",
        List.of(),
        true,
        6,
        16,
        16,
        1);
  }

  @Benchmark
  public Understood parse() {
    return understanding.understand(message, catalogue, TODAY, Situation.UNKNOWN);
  }
}
