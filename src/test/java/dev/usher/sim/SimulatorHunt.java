package dev.usher.sim;

import dev.usher.cli.SeedHunt;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** {@code bin/usher simulate}: what is typed becomes scenarios, and what came of them is told. */
public final class SimulatorHunt implements SeedHunt {
  private static final long FRESH_SEEDS = 1L << 40;

  @Override
  public boolean run(Order order, PrintStream out) {
    Scenario any = anyOf(order);
    if (order.only().isPresent()) {
      return runOne(any.withSeed(order.only().getAsLong()), order, out);
    }
    long first = order.first().orElseGet(() -> ThreadLocalRandom.current().nextLong(FRESH_SEEDS));
    out.println("hunting from seed " + first);
    Hunt.Outcome outcome =
        new Hunt(any::withSeed, order.calledOff(), out::println)
            .run(first, order.seeds(), order.time());
    outcome
        .failure()
        .ifPresent(failure -> tell(outcome.failed().orElseThrow(), failure, order, out));
    out.println();
    out.print(outcome.tally().coverage());
    out.println();
    out.println(
        (outcome.failure().isEmpty() ? "clean: " : "clean before: ") + outcome.tally().speed());
    return outcome.failure().isEmpty();
  }

  private static boolean runOne(Scenario scenario, Order order, PrintStream out) {
    try {
      Simulation.Result result =
          Simulation.run(
              scenario,
              Observer.NOBODY,
              order.trace().isPresent() ? Integer.MAX_VALUE : Trace.TAIL);
      order.trace().ifPresent(file -> write(file, result.trace(), out));
      Tally tally = new Tally(scenario.seed());
      tally.add(result);
      out.print(tally.coverage());
      out.printf("%nclean: seed=%d events=%d%n", scenario.seed(), result.steps());
      return true;
    } catch (SimFailure failure) {
      tell(scenario, failure, order, out);
      return false;
    }
  }

  /** The failure, the smallest run that shows it, and that run's last steps. */
  private static void tell(Scenario failed, SimFailure failure, Order order, PrintStream out) {
    out.printf(
        "%nFAILED seed=%d step=%d%n  %s%n  repeat: %s%n",
        failed.seed(), failure.step(), failure.finding(), failed.command());
    Shrinker.Found least = Shrinker.shrink(failed, failure);
    out.printf(
        "%nshortest failing prefix: %d steps (after %d more runs)%n  %s%n  repeat: %s%n  left:"
            + " %s%n",
        least.failure().step(),
        least.tried(),
        least.failure().finding(),
        least.scenario().command(),
        FaultKind.switchable()
            .filter(kind -> !least.scenario().without().contains(kind))
            .map(FaultKind::option)
            .collect(Collectors.joining(" ")));
    out.printf("%nits last steps:%n%s%n", least.failure().trace().tail());
    order.trace().ifPresent(file -> writeAll(least.scenario(), file, out));
  }

  private static void writeAll(Scenario failing, Path file, PrintStream out) {
    try {
      Simulation.run(failing, Observer.NOBODY, Integer.MAX_VALUE);
    } catch (SimFailure again) {
      write(file, again.trace(), out);
    }
  }

  private static void write(Path file, Trace trace, PrintStream out) {
    try {
      Files.write(file, (Iterable<String>) trace.kept()::iterator);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the trace to " + file, e);
    }
    out.println("trace=" + file);
  }

  private static Scenario anyOf(Order order) {
    Scenario any = Scenario.of(0).withNodes(order.nodes());
    for (String fault : order.without()) {
      any = any.without(fault(fault));
    }
    for (String fault : order.plenty()) {
      any = any.withPlenty(striking(fault));
    }
    return order.mutant().isEmpty() ? any : any.with(mutant(order.mutant().get()));
  }

  private static FaultKind fault(String name) {
    return FaultKind.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no fault '"
                        + name
                        + "'; there are: "
                        + FaultKind.switchable()
                            .map(FaultKind::option)
                            .collect(Collectors.joining(", "))));
  }

  /** One that happens of itself can be switched off, but there cannot be more of it. */
  private static FaultKind striking(String name) {
    FaultKind kind = fault(name);
    if (!FaultKind.striking().contains(kind)) {
      throw new IllegalArgumentException(
          "there cannot be plenty of '" + name + "': it does not strike now and then");
    }
    return kind;
  }

  private static Mutant mutant(String name) {
    return Mutant.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no mutant '"
                        + name
                        + "'; there are: "
                        + Arrays.stream(Mutant.values())
                            .map(Mutant::option)
                            .collect(Collectors.joining(", "))));
  }
}
