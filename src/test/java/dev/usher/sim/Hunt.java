package dev.usher.sim;

/**
 * Runs many seeds and says how fast: {@code Hunt [first seed] [count]}. Stops at the first failure
 * with the seed and the trace.
 */
final class Hunt {
  private Hunt() {}

  public static void main(String[] args) {
    long first = args.length > 0 ? Long.parseLong(args[0]) : System.nanoTime();
    long count = args.length > 1 ? Long.parseLong(args[1]) : 1000;
    long start = System.nanoTime();
    long steps = 0;
    long elections = 0;
    long committed = 0;
    long reads = 0;
    long installs = 0;
    long changes = 0;
    long losses = 0;
    for (long seed = first; seed < first + count; seed++) {
      Simulation.Result result = Simulation.run(seed);
      steps += result.steps();
      elections += result.elections();
      committed += result.committed();
      reads += result.reads();
      installs += result.installs();
      changes += result.changes();
      losses += result.losses();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "seeds=%d first=%d steps=%d steps/s=%.0f seeds/hour=%.0f elections=%d committed=%d"
            + " reads=%d installs=%d changes=%d losses=%d%n",
        count,
        first,
        steps,
        steps / seconds,
        count / seconds * 3600,
        elections,
        committed,
        reads,
        installs,
        changes,
        losses);
  }
}
