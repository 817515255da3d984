package dev.usher.chat.language;

import dev.usher.chat.language.Language.IntentText;
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
import java.util.Set;

/** Reads a language file and refuses it, with every fault and its line, when it is not right. */
public final class LanguageReader {
  private static final Set<String> PARTS =
      Set.of(
          "language",
          "accept_thousandths",
          "slots",
          "synonyms",
          "fillers",
          "light_words",
          "heavy_words",
          "values",
          "intents",
          "replies",
          "refusals",
          "declines",
          "suggestions",
          "money");

  private final List<String> faults = new ArrayList<>();
  private final YamlPlace top;

  private LanguageReader(String file, String text) {
    this.top = YamlPlace.read(file, text, faults);
  }

  /**
   * A language of the jar.
   *
   * @param id for example {@code en}
   * @throws LanguageException when the file is missing or wrong
   */
  public static Language shipped(String id) {
    String file = "chat/" + id + ".yaml";
    try (var stream = LanguageReader.class.getClassLoader().getResourceAsStream(file)) {
      if (stream == null) {
        throw new LanguageException(List.of(file + ": there is no such language"));
      }
      return read(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Reads a language.
   *
   * @param file how faults name it
   * @throws LanguageException when anything is wrong
   */
  public static Language read(String file, String text) {
    var reader = new LanguageReader(file, text);
    if (!reader.faults.isEmpty()) {
      throw new LanguageException(reader.faults);
    }
    var language = reader.language();
    if (!reader.faults.isEmpty()) {
      throw new LanguageException(reader.faults);
    }
    return language;
  }

  private Language language() {
    refuseOthers(top.map(), PARTS);
    var normaliser = normaliser();
    var intents = top.get("intents");
    return new Language(
        top.get("language").text(),
        top.get("accept_thousandths").number(),
        intentTexts(intents),
        questions(),
        normaliser,
        new LexiconReader(top.get("values")).lexicon(),
        new PatternCompiler(normaliser).compile(intents),
        replies(),
        sentences("refusals", RefusalReasons.ALL),
        sentences("declines", Set.of(Language.OTHER)),
        suggestions(),
        money());
  }

  private Normaliser normaliser() {
    var phrases = new HashMap<List<String>, List<String>>();
    top.get("synonyms").map().forEach((word, others) -> addSynonyms(phrases, word, others));
    for (var filler : top.get("fillers").list()) {
      addPhrase(phrases, filler, List.of());
    }
    return new Normaliser(phrases, words("light_words"), words("heavy_words"));
  }

  private static void addSynonyms(
      Map<List<String>, List<String>> phrases, String word, YamlPlace others) {
    var canonical = Tokenizer.words(word);
    for (var other : others.list()) {
      addPhrase(phrases, other, canonical);
    }
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

  private Set<String> words(String part) {
    var words = new HashSet<String>();
    top.get(part).list().forEach(place -> words.addAll(Tokenizer.words(place.text())));
    return words;
  }

  private List<IntentText> intentTexts(YamlPlace intents) {
    var texts = new ArrayList<IntentText>();
    var entries = intents.map();
    entries.forEach(
        (label, place) -> {
          var id = IntentId.of(label);
          if (id.isEmpty()) {
            place.fault("unknown intent '" + label + "'");
          } else {
            var parts = place.map();
            var examples = parts.containsKey("examples") ? place.get("examples").texts() : null;
            texts.add(
                new IntentText(
                    id.get(),
                    place.get("description").text(),
                    examples == null ? List.of() : examples));
          }
        });
    for (var id : IntentId.values()) {
      if (!entries.containsKey(id.label())) {
        intents.fault("the intent '" + id.label() + "' is missing");
      }
    }
    return List.copyOf(texts);
  }

  private Map<SlotId, String> questions() {
    var slots = top.get("slots");
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

  private Map<ReplyId, String> replies() {
    var place = top.get("replies");
    var entries = place.map();
    var replies = new EnumMap<ReplyId, String>(ReplyId.class);
    var known = new HashSet<String>();
    for (var reply : ReplyId.values()) {
      known.add(reply.label());
      var entry = entries.get(reply.label());
      if (entry == null) {
        place.fault("missing reply '" + reply.label() + "'");
      } else {
        replies.put(reply, entry.text().strip());
        Variables.check(entry, reply.variables());
      }
    }
    refuseOthers(entries, known);
    return replies;
  }

  private Map<String, String> sentences(String part, Set<String> required) {
    var place = top.get(part);
    var sentences = new LinkedHashMap<String, String>();
    place
        .map()
        .forEach(
            (key, entry) -> {
              sentences.put(key, entry.text().strip());
              Variables.check(entry, RefusalReasons.VARIABLES);
            });
    for (var key : required.stream().sorted().toList()) {
      if (!sentences.containsKey(key)) {
        place.fault("missing reply '" + key + "' in " + part);
      }
    }
    return sentences;
  }

  private Map<ReplyId, List<String>> suggestions() {
    var place = top.get("suggestions");
    var suggestions = new EnumMap<ReplyId, List<String>>(ReplyId.class);
    var entries = place.map();
    for (var reply : ReplyId.values()) {
      var entry = entries.remove(reply.label());
      if (entry != null) {
        suggestions.put(reply, entry.texts());
        entry.list().forEach(item -> Variables.check(item, reply.variables()));
      }
    }
    entries.forEach((label, entry) -> entry.fault("unknown reply '" + label + "'"));
    return suggestions;
  }

  private Map<String, String> money() {
    var forms = new LinkedHashMap<String, String>();
    top.get("money")
        .map()
        .forEach(
            (currency, form) -> {
              forms.put(currency, form.text());
              Variables.check(form, Set.of("amount"));
            });
    return forms;
  }

  private static void refuseOthers(Map<String, YamlPlace> entries, Set<String> known) {
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            entry.fault("'" + name + "' is not something that can be said here");
          }
        });
  }
}
