package dev.usher.sim.tla;

import dev.usher.raft.NodeId;
import dev.usher.sim.Mutant;
import dev.usher.sim.Observer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the engines of one simulated cluster did, from its start on.
 *
 * @param seed of the simulation
 * @param steps of engines, of which every one gives several events
 */
record Recording(long seed, int steps, List<TraceEvent> events) {
  private static final int STEPS = 400;

  /** The search for troubled clusters ends here; about one seed in forty is one, of three nodes. */
  private static final int SEEDS_MAX = 20_000;

  static Recording of(long seed) {
    Narrator narrator = new Narrator(STEPS);
    Observer.observe(seed, Mutant.NONE, narrator);
    return new Recording(seed, narrator.steps(), List.copyOf(narrator.events()));
  }

  /** The first seeds whose clusters have that many nodes, and troubles worth judging. */
  static Stream<Recording> troubled(long firstSeed, int nodes) {
    return LongStream.range(firstSeed, firstSeed + SEEDS_MAX)
        .mapToObj(Recording::of)
        .filter(recording -> recording.nodes() == nodes && recording.isTroubled());
  }

  String name() {
    return "seed" + seed;
  }

  long nodes() {
    return events.stream().map(TraceEvent::node).distinct().count();
  }

  long count(String act) {
    return events.stream().filter(event -> event.act().equals(act)).count();
  }

  /** How often a log had to be cut off because a leader had other entries. */
  long conflicts() {
    Map<NodeId, Long> last = new HashMap<>();
    long conflicts = 0;
    for (TraceEvent event : events) {
      if (event.act().equals("is") || event.act().equals("restart")) {
        last.put(event.node(), event.number("last"));
      } else if (event.act().equals("persist")
          && event.number("from") <= last.getOrDefault(event.node(), 0L)) {
        conflicts++;
      }
    }
    return conflicts;
  }

  /** All of its steps are told, too: a trace that ends early would go unnoticed. */
  private boolean isTroubled() {
    return steps == STEPS
        && count("lead") > 1
        && count("restart") > 0
        && conflicts() > 0
        && count("grant read") > 0;
  }

  @Override
  public String toString() {
    return ("seed=%d steps=%d events=%d nodes=%d leaders=%d restarts=%d conflicts=%d commits=%d"
            + " reads=%d")
        .formatted(
            seed,
            steps,
            events.size(),
            nodes(),
            count("lead"),
            count("restart"),
            conflicts(),
            count("commit"),
            count("grant read"));
  }
}
