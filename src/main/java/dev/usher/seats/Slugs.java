package dev.usher.seats;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names in {@code a-z 0-9 -} that are unique among those given out by one object: the first keeps
 * its name, the next of the same are {@code …-2nd}, {@code …-3rd} and so on.
 */
final class Slugs {
  private static final int LENGTH_MAX = 30;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern ENDS = Pattern.compile("^-|-$");

  private final Set<String> taken = new HashSet<>();

  /**
   * A name.
   *
   * @param slug in its form
   * @param nth 1 for the first of this name
   */
  record Slug(String slug, int nth) {
    /** The same for people: {@code A (2nd)}. */
    String label(String name) {
      return nth == 1 ? name : name + " (" + ordinal(nth) + ")";
    }
  }

  /** A unique one for a text that has at least one letter or digit in the form of a slug. */
  Slug unique(String slug) {
    if (taken.add(slug)) {
      return new Slug(slug, 1);
    }
    int nth = 2;
    while (!taken.add(slug + "-" + ordinal(nth))) {
      nth++;
    }
    return new Slug(slug + "-" + ordinal(nth), nth);
  }

  /** Letters without their accents, all else as one dash; empty when nothing is left. */
  static String of(String text) {
    var plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    var lower = plain.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("æ", "ae");
    var latin = lower.replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("œ", "oe");
    var dashed = ENDS.matcher(OTHERS.matcher(latin).replaceAll("-")).replaceAll("");
    return dashed.length() <= LENGTH_MAX
        ? dashed
        : ENDS.matcher(dashed.substring(0, LENGTH_MAX)).replaceAll("");
  }

  /** 1st, 2nd, 3rd, 4th, 11th, 22nd. */
  static String ordinal(int n) {
    boolean teen = n % 100 >= 11 && n % 100 <= 13;
    return n
        + switch (teen ? 0 : n % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
