package dev.usher.cli.load;

/**
 * A share of a row of things, spread evenly.
 *
 * @param of 0 to 1
 * @param offset moves the chosen ones, so that two shares don't choose the same
 */
record Share(double of, int offset) {
  /** Whether the thing with this number belongs to it. */
  boolean has(int number) {
    long here = number + (long) offset;
    return (long) ((here + 1) * of) > (long) (here * of);
  }
}
