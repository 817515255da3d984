package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A part of a template: everything that it stands for, without writing it all out. */
public sealed interface Phrase {
  /** Stands for any word or two that nobody foresaw. */
  String ANYTHING = "*";

  /** How many sentences it stands for; {@link Long#MAX_VALUE} when it is more than that. */
  long ways();

  /** One of its sentences, chosen by {@code random}. */
  void say(RandomGenerator random, List<String> words);

  /** All of its sentences, as words and slots in order; only for few. */
  List<List<String>> all();

  /** Words as written, a slot as {@code {slot}}. */
  record Words(List<String> items) implements Phrase {
    public Words {
      items = List.copyOf(items);
    }

    @Override
    public long ways() {
      return 1;
    }

    @Override
    public void say(RandomGenerator random, List<String> words) {
      words.addAll(items);
    }

    @Override
    public List<List<String>> all() {
      return List.of(items);
    }
  }

  /** One of several. */
  record Choice(List<Phrase> options) implements Phrase {
    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public long ways() {
      long sum = 0;
      for (var option : options) {
        long ways = option.ways();
        sum = sum > Long.MAX_VALUE - ways ? Long.MAX_VALUE : sum + ways;
      }
      return sum;
    }

    @Override
    public void say(RandomGenerator random, List<String> words) {
      options.get(random.nextInt(options.size())).say(random, words);
    }

    @Override
    public List<List<String>> all() {
      return options.stream().flatMap(option -> option.all().stream()).toList();
    }
  }

  /** One after the other. */
  record Sequence(List<Phrase> parts) implements Phrase {
    public Sequence {
      parts = List.copyOf(parts);
    }

    @Override
    public long ways() {
      long product = 1;
      for (var part : parts) {
        long ways = part.ways();
        product = ways > 0 && product > Long.MAX_VALUE / ways ? Long.MAX_VALUE : product * ways;
      }
      return product;
    }

    @Override
    public void say(RandomGenerator random, List<String> words) {
      parts.forEach(part -> part.say(random, words));
    }

    @Override
    public List<List<String>> all() {
      List<List<String>> soFar = List.of(List.of());
      for (var part : parts) {
        var longer = new ArrayList<List<String>>();
        for (var begin : soFar) {
          for (var end : part.all()) {
            var sentence = new ArrayList<String>(begin);
            sentence.addAll(end);
            longer.add(sentence);
          }
        }
        soFar = longer;
      }
      return soFar;
    }
  }
}
