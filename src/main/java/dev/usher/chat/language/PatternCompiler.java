package dev.usher.chat.language;

import dev.usher.chat.language.Language.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes templates out into patterns, in the form that messages are matched in. */
final class PatternCompiler {
  private final Normaliser normaliser;

  /** By what they match; the first claim stays. */
  private final Map<List<String>, Pattern> patterns = new LinkedHashMap<>();

  PatternCompiler(Normaliser normaliser) {
    this.normaliser = normaliser;
  }

  List<Pattern> compile(YamlPlace intents) {
    intents.map().forEach((label, place) -> IntentId.of(label).ifPresent(id -> add(id, place)));
    return List.copyOf(patterns.values());
  }

  private void add(IntentId intent, YamlPlace place) {
    var templates = place.get("templates").list();
    for (int i = 0; i < templates.size(); i++) {
      addTemplate(intent, intent.label() + "." + (i + 1), templates.get(i));
    }
  }

  private void addTemplate(IntentId intent, String templateId, YamlPlace template) {
    List<List<String>> sentences;
    try {
      sentences = TemplateParser.expand(template.text());
    } catch (IllegalArgumentException e) {
      template.fault("template '" + template.text() + "': " + e.getMessage());
      return;
    }
    if (slotsKnown(template, sentences)) {
      for (var sentence : sentences) {
        claim(template, new Pattern(intent, templateId, template.line(), normal(sentence)));
      }
    }
  }

  private void claim(YamlPlace template, Pattern pattern) {
    if (pattern.items().isEmpty()) {
      template.fault("template '" + template.text() + "' could match a message without a word");
      return;
    }
    var earlier = patterns.putIfAbsent(pattern.items(), pattern);
    if (earlier != null && earlier.intent() != pattern.intent()) {
      template.fault(
          "'%s' is claimed by %s and, in line %d, by %s"
              .formatted(
                  String.join(" ", pattern.items()),
                  pattern.intent().label(),
                  earlier.line(),
                  earlier.intent().label()));
    }
  }

  private static boolean slotsKnown(YamlPlace template, List<List<String>> sentences) {
    var unknown =
        sentences.stream()
            .flatMap(List::stream)
            .filter(PatternCompiler::isSlot)
            .filter(item -> SlotId.of(item.substring(1, item.length() - 1)).isEmpty())
            .distinct()
            .toList();
    unknown.forEach(
        item -> template.fault("unknown slot " + item + " in template '" + template.text() + "'"));
    return unknown.isEmpty();
  }

  private List<String> normal(List<String> sentence) {
    var items = new ArrayList<String>();
    var words = new ArrayList<String>();
    for (var item : sentence) {
      if (isSlot(item)) {
        items.addAll(normaliser.normalise(words));
        words.clear();
        items.add(item);
      } else {
        words.add(item);
      }
    }
    items.addAll(normaliser.normalise(words));
    return List.copyOf(items);
  }

  private static boolean isSlot(String item) {
    return item.startsWith("{");
  }
}
