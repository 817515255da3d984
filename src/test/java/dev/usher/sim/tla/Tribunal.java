package dev.usher.sim.tla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Has TLC judge traces: written as one module of records, read by RaftTrace.tla. */
final class Tribunal {
  private static final Pattern REACHED =
      Pattern.compile("<<\"(reached|accepted)\", \"(\\w+)\", (\\d+)>>");

  /**
   * What TLC says of one trace.
   *
   * @param accepted it went through to the end: NotDone is violated
   * @param next the event that comes after those that were possible, from 0
   */
  record Verdict(boolean accepted, int next) {}

  /** What TLC says of all. */
  record Verdicts(Map<String, Verdict> byName, Tlc.Outcome outcome) {
    Verdict of(String name) {
      return byName.getOrDefault(name, new Verdict(false, 0));
    }
  }

  private Tribunal() {}

  /**
   * @param traces by name, all of them of clusters of this size
   */
  static Verdicts judge(String session, int nodes, SortedMap<String, List<TraceEvent>> traces)
      throws IOException, InterruptedException {
    Path workDir = Path.of("target", "tla", session).toAbsolutePath();
    Files.createDirectories(workDir);
    Files.writeString(workDir.resolve("Told.tla"), module(traces));
    Files.writeString(workDir.resolve("Told.cfg"), config(nodes, traces));
    Tlc.Outcome outcome =
        Tlc.check("RaftTrace.tla", "Told.cfg", workDir, "-continue", "-difftrace");
    Map<String, Integer> reached = new HashMap<>();
    outcome
        .find(REACHED)
        .forEach(
            match -> reached.merge(match.group(2), Integer.parseInt(match.group(3)), Math::max));
    Map<String, Verdict> verdicts = new HashMap<>();
    traces.forEach(
        (name, events) -> {
          int next = reached.getOrDefault(name, 1) - 1;
          verdicts.put(name, new Verdict(next == events.size(), next));
        });
    return new Verdicts(verdicts, outcome);
  }

  private static String module(SortedMap<String, List<TraceEvent>> traces) {
    return traces.entrySet().stream()
        .map(
            trace ->
                trace.getValue().stream()
                    .map(TraceEvent::toTla)
                    .collect(Collectors.joining(",\n", trace.getKey() + " |-> <<\n", ">>")))
        .collect(Collectors.joining(",\n", "---- MODULE Told ----\nTraces == [\n", "]\n====\n"));
  }

  private static String config(int nodes, SortedMap<String, List<TraceEvent>> traces) {
    long maxTerm =
        traces.values().stream()
            .flatMap(List::stream)
            .mapToLong(event -> event.number("term"))
            .max()
            .orElse(0);
    String ids =
        IntStream.rangeClosed(1, nodes)
            .mapToObj(i -> "\"n" + i + "\"")
            .collect(Collectors.joining(", "));
    return """
    INIT TraceInit
    NEXT TraceNext
    CONSTANTS
      Node = {%s}
      None = "none"
      MaxTerm = %d
      Value = {}
      ReadId = {}
    INVARIANT KeepsPromises
    CONSTRAINT Verdict
    """
        .formatted(ids, maxTerm + 1);
  }
}
