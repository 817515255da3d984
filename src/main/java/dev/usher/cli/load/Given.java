package dev.usher.cli.load;

/**
 * An order and the answer that its buyer got.
 *
 * @param nanos from the question to the answer, with all that was asked again in between
 */
record Given(Order order, Answer answer, long nanos) {
  static Given to(Order order) {
    long asked = System.nanoTime();
    Answer answer = order.ask();
    return new Given(order, answer, System.nanoTime() - asked);
  }
}
