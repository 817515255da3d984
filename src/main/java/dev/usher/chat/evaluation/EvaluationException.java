package dev.usher.chat.evaluation;

/** Something is wrong with the files given; the message names the file and the next step. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EvaluationException(String message) {
    super(message);
  }
}
