package dev.usher.cli.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.demo.Checks.Check;
import dev.usher.cli.term.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param answers how many buyers were told what
 * @param seconds from the first question to the last answer
 * @param p50 milliseconds from a buyer's question to the decision; 99 of 100 within {@code p99}
 * @param killed in the order of their deaths
 * @param silences calls that the provider was told to be silent to
 * @param checks what was looked at afterwards
 */
public record LoadReport(
    Map<String, Long> answers,
    double seconds,
    double p50,
    double p99,
    double max,
    List<Death> killed,
    int silences,
    List<Check> checks) {
  private static final double NANOS_PER_MS = 1e6;

  public LoadReport {
    answers = Map.copyOf(answers);
    killed = List.copyOf(killed);
    checks = List.copyOf(checks);
  }

  static LoadReport of(
      List<Given> given, double seconds, List<Death> killed, int silences, List<Check> checks) {
    long[] nanos = given.stream().mapToLong(Given::nanos).sorted().toArray();
    return new LoadReport(
        given.stream()
            .collect(Collectors.groupingBy(g -> g.answer().text(), Collectors.counting())),
        seconds,
        percentileMs(nanos, 0.5),
        percentileMs(nanos, 0.99),
        percentileMs(nanos, 1),
        killed,
        silences,
        checks);
  }

  /** The smallest value that this share of all does not exceed. */
  private static double percentileMs(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)] / NANOS_PER_MS;
  }

  public boolean held() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::held);
  }

  /** For people. */
  public String text() {
    var table = Table.of("ANSWER", "BUYERS");
    new TreeMap<>(answers).forEach(table::row);
    long all = answers.values().stream().mapToLong(Long::longValue).sum();
    return table.render()
        + String.format(
            Locale.ROOT,
            "%d answers in %.0f s (%.0f/s); p50 %.0f ms, p99 %.0f ms, longest %.0f ms%n"
                + "%d leaders killed (%s), %d silences of the provider%n",
            all,
            seconds,
            all / seconds,
            p50,
            p99,
            max,
            killed.size(),
            text(killed),
            silences);
  }

  static String text(List<Death> killed) {
    return killed.stream().map(Death::text).collect(Collectors.joining(", "));
  }

  /** For programs. */
  public String json() {
    var root = new ObjectMapper().createObjectNode().put("held", held()).put("seconds", seconds);
    var told = root.putObject("answers");
    new TreeMap<>(answers).forEach(told::put);
    root.putObject("answeredWithinMs").put("p50", p50).put("p99", p99).put("max", max);
    var deaths = root.putArray("killed");
    killed.forEach(
        death ->
            deaths
                .addObject()
                .put("node", death.node())
                .put("awaySeconds", death.away().toMillis() / 1000.0)
                .put("serves", death.serves()));
    root.put("silences", silences);
    var array = root.putArray("checks");
    checks.forEach(
        check ->
            array
                .addObject()
                .put("id", check.id())
                .put("held", check.held())
                .put("seen", check.seen()));
    return root.toPrettyString();
  }
}
