package dev.usher.chat.language;

import dev.usher.chat.language.Language.IntentText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the intents with their templates, and the phrases that templates share. */
final class TemplateReader {
  /** An intent with fewer sentences was not thought about. */
  static final int SENTENCES_MIN = 20;

  private static final Set<String> PARTS =
      Set.of("description", "examples", "when", "templates", "after");

  private final Map<String, Phrase> phrases = new HashMap<>();
  private final List<IntentText> texts = new ArrayList<>();
  private final List<Template> templates = new ArrayList<>();
  private final Map<IntentId, Map<Moment, Integer>> weights = new EnumMap<>(IntentId.class);

  /** A phrase may use the phrases above it. */
  void phrases(YamlPlace place) {
    place
        .map()
        .forEach(
            (name, entry) -> {
              var options = entry.list().stream().flatMap(this::parsed).toList();
              phrases.put(name, new Phrase.Choice(options));
            });
  }

  void intents(YamlPlace place) {
    place
        .map()
        .forEach(
            (label, entry) ->
                IntentId.of(label)
                    .ifPresentOrElse(
                        intent -> intent(intent, entry),
                        () -> entry.fault("unknown intent '" + label + "'")));
  }

  List<IntentText> texts() {
    return List.copyOf(texts);
  }

  List<Template> templates() {
    return List.copyOf(templates);
  }

  Map<IntentId, Map<Moment, Integer>> weights() {
    return weights;
  }

  private void intent(IntentId intent, YamlPlace place) {
    if (weights.containsKey(intent)) {
      place.fault("the intent '" + intent.label() + "' is there twice");
      return;
    }
    var parts = place.map();
    LanguageReader.refuseOthers(parts, PARTS);
    var examples =
        parts.containsKey("examples") ? place.get("examples").texts() : List.<String>of();
    texts.add(new IntentText(intent, place.get("description").text(), examples));
    weights.put(intent, moments(place.get("when")));
    int before = templates.size();
    if (parts.containsKey("templates")) {
      templates(intent, Set.of(), place.get("templates"));
    }
    if (parts.containsKey("after")) {
      place
          .get("after")
          .map()
          .forEach(
              (label, entry) ->
                  moment(label, entry).forEach(m -> templates(intent, Set.of(m), entry)));
    }
    long ways = 0;
    for (var template : templates.subList(before, templates.size())) {
      ways += Math.min(template.phrase().ways(), SENTENCES_MIN);
    }
    if (ways < SENTENCES_MIN) {
      place.fault(
          "the intent '%s' has %d sentences, fewer than %d"
              .formatted(intent.label(), ways, SENTENCES_MIN));
    }
  }

  private static Stream<Moment> moment(String label, YamlPlace place) {
    var moment = Moment.of(label);
    if (moment.isEmpty()) {
      place.fault("unknown moment '" + label + "'");
    }
    return moment.stream();
  }

  private static Map<Moment, Integer> moments(YamlPlace place) {
    var weights = new EnumMap<Moment, Integer>(Moment.class);
    place
        .map()
        .forEach(
            (label, entry) -> moment(label, entry).forEach(m -> weights.put(m, entry.number())));
    return weights;
  }

  private void templates(IntentId intent, Set<Moment> moments, YamlPlace place) {
    for (var entry : place.list()) {
      parsed(entry)
          .forEach(
              phrase -> {
                long number = templates.stream().filter(t -> t.intent() == intent).count() + 1;
                String id = intent.label() + "." + number;
                if (right(entry, phrase)) {
                  templates.add(new Template(intent, id, entry.where(), moments, phrase));
                }
              });
    }
  }

  private Stream<Phrase> parsed(YamlPlace place) {
    try {
      return Stream.of(TemplateParser.parse(place.text(), phrases));
    } catch (IllegalArgumentException e) {
      place.fault("template '" + place.text() + "': " + e.getMessage());
      return Stream.empty();
    }
  }

  private static boolean right(YamlPlace place, Phrase phrase) {
    var unknown = new ArrayList<String>();
    slots(phrase, unknown);
    unknown.removeIf(item -> SlotId.of(item.substring(1, item.length() - 1)).isPresent());
    unknown.stream()
        .distinct()
        .forEach(
            item -> place.fault("unknown slot " + item + " in template '" + place.text() + "'"));
    boolean empty = canBeEmpty(phrase);
    if (empty) {
      place.fault("template '" + place.text() + "' could match a message without a word");
    }
    return unknown.isEmpty() && !empty;
  }

  private static void slots(Phrase phrase, List<String> found) {
    switch (phrase) {
      case Phrase.Words words ->
          words.items().stream().filter(item -> item.startsWith("{")).forEach(found::add);
      case Phrase.Choice choice -> choice.options().forEach(option -> slots(option, found));
      case Phrase.Sequence sequence -> sequence.parts().forEach(part -> slots(part, found));
    }
  }

  private static boolean canBeEmpty(Phrase phrase) {
    return switch (phrase) {
      case Phrase.Words words -> words.items().isEmpty();
      case Phrase.Choice choice -> choice.options().stream().anyMatch(TemplateReader::canBeEmpty);
      case Phrase.Sequence sequence ->
          sequence.parts().stream().allMatch(TemplateReader::canBeEmpty);
    };
  }
}
