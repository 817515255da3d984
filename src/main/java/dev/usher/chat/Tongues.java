package dev.usher.chat;

import dev.usher.chat.dialogue.Dialogue;
import dev.usher.chat.dialogue.Speech;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.model.Model;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Recognition;
import dev.usher.chat.understanding.Understanding;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The languages that the assistant speaks. The first is spoken until another is heard, chosen by
 * the client or asked for. Safe for any thread.
 */
public final class Tongues {
  private static final List<String> SHIPPED = List.of("en", "de");

  /** One language: how it is understood, and what is said in it. */
  record Tongue(Language language, Understanding understanding, Dialogue dialogue) {}

  private final List<Tongue> all;
  private final Recognition recognition;

  private Tongues(List<Tongue> all) {
    this.all = all;
    this.recognition = new Recognition(all.stream().map(Tongue::language).toList());
  }

  /**
   * The languages of the jar.
   *
   * @param zone of the house: days are its days
   */
  public static Tongues shipped(ZoneId zone) {
    return new Tongues(SHIPPED.stream().map(id -> tongue(id, zone)).toList());
  }

  private static Tongue tongue(String id, ZoneId zone) {
    var language = LanguageReader.shipped(id);
    return new Tongue(
        language, new Understanding(language, Model.shipped(id)), new Dialogue(language, zone));
  }

  /** Their descriptions for people; the first language when the code names none of them. */
  Language described(String languageCode) {
    return chosen(languageCode).orElse(all.getFirst()).language();
  }

  Tongue of(Speech speech) {
    return spoken(speech.language()).orElse(all.getFirst());
  }

  private Optional<Tongue> spoken(String id) {
    return all.stream().filter(tongue -> tongue.language().id().equals(id)).findFirst();
  }

  /** By a BCP 47 code, of which only the language counts: "de-AT" is "de". */
  private Optional<Tongue> chosen(String languageCode) {
    return spoken(Locale.forLanguageTag(languageCode).getLanguage());
  }

  /** True when a message asks for one of the languages and says nothing else. */
  boolean asks(String message) {
    return recognition.wished(message).isPresent();
  }

  /** Which language to speak in a turn: the one asked for, or chosen, or heard. */
  Speech speech(Speech before, Chats.Turn said, Catalogue catalogue) {
    var wished = recognition.wished(said.text());
    if (wished.isPresent()) {
      return new Speech(wished.get(), Speech.Source.ASKED);
    }
    var chosen = chosen(said.languageCode());
    return switch (before.source()) {
      case ASKED -> before;
      case CHOSEN -> chosen.map(Tongues::byClient).orElse(before);
      case HEARD ->
          chosen
              .map(Tongues::byClient)
              .or(
                  () ->
                      recognition
                          .heard(said.text(), catalogue, before.language())
                          .map(id -> new Speech(id, Speech.Source.HEARD)))
              .orElse(before);
    };
  }

  private static Speech byClient(Tongue tongue) {
    return new Speech(tongue.language().id(), Speech.Source.CHOSEN);
  }

  /** For what is said outside of a conversation's course. */
  Tongue aside(Memory memory, Chats.Turn said) {
    var conversation = memory.conversation();
    return conversation == null || conversation.speech().language().isEmpty()
        ? chosen(said.languageCode()).orElse(all.getFirst())
        : of(conversation.speech());
  }
}
