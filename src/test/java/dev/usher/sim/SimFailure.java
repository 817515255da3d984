package dev.usher.sim;

/** A run broke a promise; the message has all that is needed to see it again. */
final class SimFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Where and how a run broke a promise. */
  record Place(String scenario, long step, Parameters parameters, Trace trace) {}

  private final transient Place place;

  private SimFailure(String message) {
    super(message);
    place = null;
  }

  /** A whole run's failure, of which {@code cause} is what was seen at its last step. */
  SimFailure(Place place, RuntimeException cause) {
    super(
        "step %d: %s%nrepeat: %s%n%s%n%s"
            .formatted(
                place.step(),
                cause.getMessage(),
                place.scenario(),
                place.parameters(),
                place.trace().tail()),
        cause);
    this.place = place;
  }

  /** The step of the run at which it showed: before it, nothing was wrong. */
  long step() {
    return place.step();
  }

  Trace trace() {
    return place.trace();
  }

  /** What was promised and is not so, with the particulars. */
  String finding() {
    return String.valueOf(getCause().getMessage());
  }

  /** What was promised, without the particulars: tells one kind of failure from another. */
  String promise() {
    String finding = finding();
    int colon = finding.indexOf(": ");
    return getCause() instanceof SimFailure && colon > 0
        ? finding.substring(0, colon)
        : getCause().getClass().getSimpleName();
  }

  static void check(boolean holds, String promise, Object about) {
    if (!holds) {
      throw new SimFailure(promise + ": " + about);
    }
  }

  /** Puts its arguments into words only when the promise is broken: this is the hot path. */
  static void check(boolean holds, String promise, Object who, Object about) {
    if (!holds) {
      throw new SimFailure(promise + ": " + who + " " + about);
    }
  }
}
