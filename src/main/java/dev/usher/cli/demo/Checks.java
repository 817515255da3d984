package dev.usher.cli.demo;

import dev.usher.cli.term.Progress;
import java.util.ArrayList;
import java.util.List;

/** What a run claims, each with what was really seen. */
public final class Checks {
  /**
   * One claim.
   *
   * @param seen what was seen, in a sentence
   */
  public record Check(String id, String seen, boolean held) {}

  private final List<Check> checks = new ArrayList<>();
  private final Progress progress;

  public Checks(Progress progress) {
    this.progress = progress;
  }

  /** Notes and tells a claim. */
  public void check(String id, boolean held, String seen) {
    checks.add(new Check(id, seen, held));
    if (held) {
      progress.done(seen);
    } else {
      progress.failed(seen);
    }
  }

  boolean allHeld() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::held);
  }

  public List<Check> all() {
    return List.copyOf(checks);
  }
}
