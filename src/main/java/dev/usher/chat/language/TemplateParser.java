package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a template sentence and writes out everything it stands for: {@code (a|b)} is one of
 * several, {@code [a|b]} one of several or nothing, {@code {slot}} a value. Both may be nested.
 */
final class TemplateParser {
  /** More ways than this in one template are a mistake of its writer. */
  static final int EXPANSIONS_MAX = 2000;

  private final String template;
  private int at;

  private TemplateParser(String template) {
    this.template = template;
  }

  /**
   * @return every sentence, as words and slots in order
   * @throws IllegalArgumentException saying what is wrong, without the place
   */
  static List<List<String>> expand(String template) {
    var parser = new TemplateParser(template);
    var sentences = parser.alternatives();
    if (parser.at < template.length()) {
      throw new IllegalArgumentException(
          "'" + template.charAt(parser.at) + "' without its opening");
    }
    return sentences;
  }

  private List<List<String>> alternatives() {
    var all = new ArrayList<>(sequence());
    while (at < template.length() && template.charAt(at) == '|') {
      at++;
      all.addAll(sequence());
    }
    return all;
  }

  private List<List<String>> sequence() {
    List<List<String>> soFar = List.of(List.of());
    while (at < template.length() && "|)]".indexOf(template.charAt(at)) < 0) {
      soFar = product(soFar, part());
    }
    return soFar;
  }

  private List<List<String>> part() {
    return switch (template.charAt(at)) {
      case '(' -> group(')');
      case '[' -> {
        var optional = new ArrayList<>(group(']'));
        optional.add(List.of());
        yield optional;
      }
      case '{' -> List.of(List.of(slot()));
      default -> List.of(words());
    };
  }

  private List<List<String>> group(char closing) {
    at++;
    var inside = alternatives();
    if (at >= template.length() || template.charAt(at) != closing) {
      throw new IllegalArgumentException("'" + closing + "' is missing");
    }
    at++;
    return inside;
  }

  private String slot() {
    int end = template.indexOf('}', at);
    if (end < 0) {
      throw new IllegalArgumentException("'}' is missing");
    }
    String item = template.substring(at, end + 1);
    at = end + 1;
    return item;
  }

  private List<String> words() {
    int end = at;
    while (end < template.length() && "|()[]{}".indexOf(template.charAt(end)) < 0) {
      end++;
    }
    var words = Tokenizer.words(template.substring(at, end));
    at = end;
    return words;
  }

  private static List<List<String>> product(List<List<String>> left, List<List<String>> right) {
    if ((long) left.size() * right.size() > EXPANSIONS_MAX) {
      throw new IllegalArgumentException(
          "stands for more than " + EXPANSIONS_MAX + " sentences; split it");
    }
    var joined = new ArrayList<List<String>>(left.size() * right.size());
    for (var begin : left) {
      for (var end : right) {
        var sentence = new ArrayList<String>(begin);
        sentence.addAll(end);
        joined.add(sentence);
      }
    }
    return joined;
  }
}
