package dev.usher.raft;

/**
 * Checks that are always on, in production too: the JVM's {@code assert} would be off just where it
 * matters. Arguments are put into words only when a check fails.
 */
final class Invariant {
  private Invariant() {}

  static void check(boolean holds, String rule) {
    if (!holds) {
      throw new InvariantViolation("broken invariant: " + rule);
    }
  }

  /**
   * @param a what {@code rule} names first
   * @param b what {@code rule} names second
   */
  static void check(boolean holds, String rule, long a, long b) {
    if (!holds) {
      throw new InvariantViolation("broken invariant: " + rule + " (" + a + ", " + b + ")");
    }
  }

  static void check(boolean holds, String rule, Object a, Object b) {
    if (!holds) {
      throw new InvariantViolation("broken invariant: " + rule + " (" + a + ", " + b + ")");
    }
  }
}
