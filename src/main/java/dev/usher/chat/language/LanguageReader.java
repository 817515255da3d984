package dev.usher.chat.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the files of a language and refuses them, with every fault and its line, when they are not
 * right. The first file names the others; each part is in one of them, but intents and phrases may
 * be in many.
 */
public final class LanguageReader {
  private static final String INTENTS = "intents";
  private static final String PHRASES = "phrases";
  private static final Set<String> PARTS =
      Set.of(
          "language",
          "files",
          "thresholds",
          "slots",
          "synonyms",
          "fillers",
          "values",
          "replies",
          "refusals",
          "declines",
          "suggestions",
          "formats",
          "signs",
          "cards");

  private final List<String> faults = new ArrayList<>();
  private final Map<String, YamlPlace> parts = new LinkedHashMap<>();
  private final List<YamlPlace> intents = new ArrayList<>();
  private final List<YamlPlace> phrases = new ArrayList<>();
  private final YamlPlace top;

  private LanguageReader(String file, Function<String, Optional<String>> texts) {
    this.top = YamlPlace.read(file, texts.apply(file).orElse(""), faults);
    if (faults.isEmpty()) {
      addParts(top);
    }
    if (faults.isEmpty()) {
      for (var other : part("files").list()) {
        texts
            .apply(other.text())
            .ifPresentOrElse(
                text -> addParts(YamlPlace.read(other.text(), text, faults)),
                () -> other.fault("there is no file '" + other.text() + "'"));
      }
    }
  }

  private void addParts(YamlPlace file) {
    if (!faults.isEmpty()) {
      return;
    }
    file.map()
        .forEach(
            (name, place) -> {
              if (name.equals(INTENTS)) {
                intents.add(place);
              } else if (name.equals(PHRASES)) {
                phrases.add(place);
              } else if (parts.putIfAbsent(name, place) != null) {
                place.fault("'" + name + "' is in two files");
              }
            });
  }

  /**
   * A language of the jar.
   *
   * @param id for example {@code en}
   * @throws LanguageException when a file is missing or wrong
   */
  public static Language shipped(String id) {
    String file = "chat/" + id + ".yaml";
    if (resource(file).isEmpty()) {
      throw new LanguageException(List.of(file + ": there is no such language"));
    }
    return read(file, LanguageReader::resource);
  }

  private static Optional<String> resource(String file) {
    try (var stream = LanguageReader.class.getClassLoader().getResourceAsStream(file)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Reads a language.
   *
   * @param file its first file
   * @param texts what is in a file
   * @throws LanguageException when anything is wrong
   */
  public static Language read(String file, Function<String, Optional<String>> texts) {
    var reader = new LanguageReader(file, texts);
    if (reader.faults.isEmpty()) {
      var language = reader.language();
      if (reader.faults.isEmpty()) {
        return language;
      }
    }
    throw new LanguageException(reader.faults);
  }

  private Language language() {
    refuseOthers(parts, PARTS);
    var normaliser = normaliser();
    var templates = new TemplateReader();
    phrases.forEach(templates::phrases);
    intents.forEach(templates::intents);
    for (var id : IntentId.values()) {
      if (!templates.weights().containsKey(id)) {
        top.fault("the intent '" + id.label() + "' is missing");
      }
    }
    var replies =
        new ReplyReader(part("replies"), part("refusals"), part("declines"), part("suggestions"));
    return new Language(
        part("language").text(),
        thresholds(),
        templates.texts(),
        questions(),
        normaliser,
        new LexiconReader(part("values")).lexicon(),
        templates.templates(),
        templates.weights(),
        replies.replies(),
        replies.refusals(),
        replies.declines(),
        replies.suggestions(),
        new FormatsReader(part("formats")).formats(),
        signs(),
        sentences(part("cards")));
  }

  private YamlPlace part(String name) {
    var place = parts.get(name);
    return place == null ? top.get(name) : place;
  }

  private Language.Thresholds thresholds() {
    var place = part("thresholds");
    return new Language.Thresholds(
        place.get("accept_thousandths").number(),
        place.get("lead_thousandths").number(),
        place.get("doubt_thousandths").number(),
        place.get("temperature_thousandths").number());
  }

  private Normaliser normaliser() {
    var phrases = new HashMap<List<String>, List<String>>();
    part("synonyms")
        .map()
        .forEach(
            (word, others) ->
                others.list().forEach(other -> addPhrase(phrases, other, Tokenizer.words(word))));
    part("fillers").list().forEach(filler -> addPhrase(phrases, filler, List.of()));
    return new Normaliser(phrases);
  }

  private static void addPhrase(
      Map<List<String>, List<String>> phrases, YamlPlace place, List<String> becomes) {
    var phrase = Tokenizer.words(place.text());
    if (phrase.isEmpty()) {
      place.fault("a phrase without a word");
    } else if (phrases.put(phrase, becomes) != null) {
      place.fault("'" + place.text() + "' has two meanings among synonyms and fillers");
    }
  }

  private Map<SlotId, String> questions() {
    var slots = part("slots");
    var questions = new EnumMap<SlotId, String>(SlotId.class);
    slots
        .map()
        .forEach(
            (label, place) ->
                SlotId.of(label)
                    .ifPresentOrElse(
                        slot -> questions.put(slot, place.get("question").text()),
                        () -> place.fault("unknown slot '" + label + "'")));
    for (var slot : SlotId.values()) {
      if (!questions.containsKey(slot)) {
        slots.fault("the slot '" + slot.label() + "' is missing");
      }
    }
    return questions;
  }

  private Language.Signs signs() {
    var place = part("signs");
    var words = new HashSet<String>();
    place.get("words").texts().forEach(word -> words.addAll(Tokenizer.words(word)));
    return new Language.Signs(Set.copyOf(words), sentences(place.get("wishes")));
  }

  /** All the ways to say what is matched word for word. */
  private static Set<List<String>> sentences(YamlPlace place) {
    var sentences = new HashSet<List<String>>();
    for (var wish : place.list()) {
      try {
        sentences.addAll(TemplateParser.parse(wish.text(), Map.of()).all());
      } catch (IllegalArgumentException e) {
        wish.fault("wish '" + wish.text() + "': " + e.getMessage());
      }
    }
    return Set.copyOf(sentences);
  }

  static void refuseOthers(Map<String, YamlPlace> entries, Set<String> known) {
    var unknown = new HashSet<>(entries.keySet());
    unknown.removeAll(known);
    entries.forEach(
        (name, entry) -> {
          if (unknown.contains(name)) {
            entry.fault("'" + name + "' is not something that can be said here");
          }
        });
  }
}
