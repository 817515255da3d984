package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a template sentence: {@code (a|b)} is one of several, {@code [a|b]} one of several or
 * nothing, {@code {slot}} a value, {@code <name>} a phrase defined elsewhere, {@code *} any word.
 * All may be nested.
 */
final class TemplateParser {
  private static final Phrase NOTHING = new Phrase.Words(List.of());
  private static final String MARKS = "|()[]{}<>*";

  private final String template;
  private final Map<String, Phrase> phrases;
  private int at;

  private TemplateParser(String template, Map<String, Phrase> phrases) {
    this.template = template;
    this.phrases = phrases;
  }

  /**
   * Reads one template.
   *
   * @param phrases what {@code <name>} stands for
   * @throws IllegalArgumentException saying what is wrong, without the place
   */
  static Phrase parse(String template, Map<String, Phrase> phrases) {
    var parser = new TemplateParser(template, phrases);
    var phrase = parser.alternatives();
    if (parser.at < template.length()) {
      throw new IllegalArgumentException(
          "'" + template.charAt(parser.at) + "' without its opening");
    }
    return phrase;
  }

  private Phrase alternatives() {
    var all = new ArrayList<Phrase>();
    all.add(sequence());
    while (at < template.length() && template.charAt(at) == '|') {
      at++;
      all.add(sequence());
    }
    return all.size() == 1 ? all.getFirst() : new Phrase.Choice(all);
  }

  private Phrase sequence() {
    var parts = new ArrayList<Phrase>();
    while (at < template.length() && "|)]".indexOf(template.charAt(at)) < 0) {
      parts.add(part());
    }
    return parts.size() == 1 ? parts.getFirst() : new Phrase.Sequence(parts);
  }

  private Phrase part() {
    return switch (template.charAt(at)) {
      case '(' -> group(')');
      case '[' -> new Phrase.Choice(List.of(group(']'), NOTHING));
      case '{' -> new Phrase.Words(List.of(enclosed('}')));
      case '<' -> named();
      case '*' -> {
        at++;
        yield new Phrase.Words(List.of(Phrase.ANYTHING));
      }
      case '}', '>' ->
          throw new IllegalArgumentException("'" + template.charAt(at) + "' without its opening");
      default -> words();
    };
  }

  private Phrase group(char closing) {
    at++;
    var inside = alternatives();
    if (at >= template.length() || template.charAt(at) != closing) {
      throw new IllegalArgumentException("'" + closing + "' is missing");
    }
    at++;
    return inside;
  }

  private Phrase named() {
    String name = enclosed('>');
    var phrase = phrases.get(name.substring(1, name.length() - 1));
    if (phrase == null) {
      throw new IllegalArgumentException("unknown phrase " + name);
    }
    return phrase;
  }

  private String enclosed(char closing) {
    int end = template.indexOf(closing, at);
    if (end < 0) {
      throw new IllegalArgumentException("'" + closing + "' is missing");
    }
    String item = template.substring(at, end + 1);
    at = end + 1;
    return item;
  }

  private Phrase words() {
    int end = at;
    while (end < template.length() && MARKS.indexOf(template.charAt(end)) < 0) {
      end++;
    }
    var words = Tokenizer.words(template.substring(at, end));
    at = end;
    return new Phrase.Words(words);
  }
}
