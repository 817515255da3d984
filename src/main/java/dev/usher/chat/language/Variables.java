package dev.usher.chat.language;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences with {@code {variables}}. */
public final class Variables {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)\\}");

  private Variables() {}

  /** Fills a sentence; values are not looked into, so nobody's event name can be a variable. */
  public static String fill(String sentence, Map<String, String> values) {
    return VARIABLE
        .matcher(sentence)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }

  static void check(YamlPlace place, Set<String> allowed) {
    var matcher = VARIABLE.matcher(place.text());
    while (matcher.find()) {
      if (!allowed.contains(matcher.group(1))) {
        place.fault("unknown variable '" + matcher.group() + "'");
      }
    }
  }
}
