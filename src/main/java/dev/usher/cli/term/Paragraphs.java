package dev.usher.cli.term;

import java.util.stream.Collectors;

/** Breaks long lines between words. */
public final class Paragraphs {
  private Paragraphs() {}

  /**
   * The text with no line longer than the width, where its words allow that; line ends stay.
   *
   * @param width in characters, at least 1
   */
  public static String wrap(String text, int width) {
    return text.lines().map(line -> wrapLine(line, width)).collect(Collectors.joining("\n"));
  }

  private static String wrapLine(String line, int width) {
    var wrapped = new StringBuilder();
    int column = -1; // before the line's first word
    for (var word : line.split(" ", -1)) {
      boolean first = column < 0;
      boolean fits = column + 1 + word.length() <= width;
      if (!first) {
        wrapped.append(fits ? ' ' : '\n');
      }
      wrapped.append(word);
      column = (first || !fits ? 0 : column + 1) + word.length();
    }
    return wrapped.toString();
  }
}
