package dev.usher.chat.language;

/**
 * A word, number or joining mark of a message.
 *
 * @param text in normal spelling: lower case, no accents, plain apostrophes
 * @param begin offset in the message, UTF-16 units
 * @param end exclusive
 */
public record Token(String text, int begin, int end) {
  /** A hyphen, slash or colon between two words with no blank around, or a currency sign. */
  public boolean isMark() {
    return text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0));
  }
}
