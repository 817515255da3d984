package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One way to say an intent.
 *
 * @param id intent and number of the template, for example {@code book_tickets.3}
 * @param place file and line, for messages
 * @param moments when it means this intent; empty for whenever the intent is said at all
 */
public record Template(
    IntentId intent, String id, String place, Set<Moment> moments, Phrase phrase) {
  /** More sentences than this are not written out. */
  public static final int WRITTEN_MAX = 200;

  public Template {
    moments = Set.copyOf(moments);
  }

  /** All of its sentences, or {@link #WRITTEN_MAX} of them when they are more. */
  public List<List<String>> sentences(RandomGenerator random) {
    if (phrase.ways() <= WRITTEN_MAX) {
      return phrase.all();
    }
    var some = new ArrayList<List<String>>(WRITTEN_MAX);
    for (int i = 0; i < WRITTEN_MAX; i++) {
      some.add(sentence(random));
    }
    return some;
  }

  /** One of its sentences. */
  public List<String> sentence(RandomGenerator random) {
    var words = new ArrayList<String>();
    phrase.say(random, words);
    return words;
  }
}
