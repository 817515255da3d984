package dev.usher.cli.load;

/** What a buyer was told in the end. */
sealed interface Answer {
  /** In a word, to count by. */
  String text();

  /** Committed, or confirmed already. */
  record Booked(String booking) implements Answer {
    @Override
    public String text() {
      return "booked";
    }
  }

  /** A definite no with its reason. */
  record Refused(String reason) implements Answer {
    @Override
    public String text() {
      return "refused: " + reason;
    }
  }

  /** No decision: an error, or nothing at all. */
  record None(String why) implements Answer {
    @Override
    public String text() {
      return "no answer: " + why;
    }
  }
}
