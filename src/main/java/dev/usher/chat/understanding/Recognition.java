package dev.usher.chat.understanding;

import dev.usher.chat.language.Language;
import dev.usher.chat.language.Token;
import dev.usher.chat.language.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which language a message is in: by the words that only one language knows, and by those
 * that speak for it although others have them too. Names of the catalogue say nothing. Safe for any
 * thread.
 */
public final class Recognition {
  /**
   * Somebody who has been heard to speak one language needs this much more to be heard in another.
   */
  private static final int LEAD_MIN = 2;

  private record Tongue(String id, Set<String> words, Set<List<String>> wishes) {}

  private record Names(Catalogue catalogue, Set<String> words) {}

  private final List<Tongue> tongues;
  private volatile @Nullable Names names;

  public Recognition(List<Language> languages) {
    var vocabularies = new HashMap<String, Set<String>>();
    languages.forEach(language -> vocabularies.put(language.id(), language.vocabulary()));
    this.tongues =
        languages.stream()
            .map(
                language ->
                    new Tongue(
                        language.id(), telling(language, vocabularies), language.signs().wishes()))
            .toList();
  }

  private static Set<String> telling(Language language, Map<String, Set<String>> vocabularies) {
    var words = new HashSet<>(vocabularies.getOrDefault(language.id(), Set.of()));
    vocabularies.forEach(
        (id, others) -> {
          if (!id.equals(language.id())) {
            others.forEach(words::remove);
          }
        });
    words.addAll(language.signs().words());
    return Set.copyOf(words);
  }

  /** The language that a message asks for and says nothing else, or empty. */
  public Optional<String> wished(String message) {
    var words = words(message);
    return tongues.stream()
        .filter(tongue -> tongue.wishes().contains(words))
        .map(Tongue::id)
        .findFirst();
  }

  /**
   * The language of a message that is not the one spoken so far; empty when nothing says so.
   *
   * @param spoken the language spoken so far, or empty when nothing was heard that tells
   */
  public Optional<String> heard(String message, Catalogue catalogue, String spoken) {
    var words = words(message);
    words.removeAll(names(catalogue));
    int before = 0;
    int most = 0;
    String likeliest = "";
    boolean tie = false;
    for (var tongue : tongues) {
      int count = (int) words.stream().filter(tongue.words()::contains).count();
      if (tongue.id().equals(spoken)) {
        before = count;
      } else if (count >= most) {
        tie = count == most;
        most = count;
        likeliest = tongue.id();
      }
    }
    boolean enough = spoken.isEmpty() ? most > 0 && !tie : most - before >= LEAD_MIN && !tie;
    return enough ? Optional.of(likeliest) : Optional.empty();
  }

  private static List<String> words(String message) {
    var words = new ArrayList<String>();
    for (var token : Tokenizer.tokens(message)) {
      if (token.text().chars().anyMatch(Character::isLetter)) {
        words.add(token.text());
      }
    }
    return words;
  }

  /** The same catalogue is asked for again and again; only the last is kept. */
  private Set<String> names(Catalogue catalogue) {
    var last = names;
    if (last == null || !last.catalogue().equals(catalogue)) {
      var words = new HashSet<String>();
      for (var event : catalogue.events()) {
        for (var name : List.of(event.displayName(), event.venueDisplayName(), event.city())) {
          Tokenizer.tokens(name).stream().map(Token::text).forEach(words::add);
        }
      }
      last = new Names(catalogue, Set.copyOf(words));
      names = last;
    }
    return last.words();
  }
}
