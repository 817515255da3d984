package dev.usher.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hunts for bugs of the consensus engine in simulated clusters. The simulator is test code, so it
 * is found on the class path (a service), if it is there.
 */
public interface SeedHunt {
  /**
   * What is wanted.
   *
   * @param only this one seed
   * @param first of many seeds; a fresh one when it is not said
   * @param seeds how many at most
   * @param time no seed is begun after it
   * @param nodes voters of every cluster, or 0 for as many as each seed draws
   * @param without faults that are switched off
   * @param plenty faults that every cluster has plenty of
   * @param mutant the name of a bug that is put into the engine
   * @param trace a file for every step of the run that fails, or of the only one
   * @param calledOff set by anybody, at any time: the seed that runs is the last
   */
  record Order(
      OptionalLong only,
      OptionalLong first,
      long seeds,
      Duration time,
      int nodes,
      List<String> without,
      List<String> plenty,
      Optional<String> mutant,
      Optional<Path> trace,
      AtomicBoolean calledOff) {
    public Order {
      without = List.copyOf(without);
      plenty = List.copyOf(plenty);
    }
  }

  /**
   * Runs until all is done, and prints what came of it.
   *
   * @return whether every seed was clean
   * @throws IllegalArgumentException when there is no such fault or mutant
   */
  boolean run(Order order, PrintStream out);
}
