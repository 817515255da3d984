package dev.usher.cli.term;

import java.util.Comparator;

/** Resource names (AIP-122) as people type them: the last segment is enough. */
public final class Names {
  private Names() {}

  /** {@code hamlet} or {@code events/hamlet} gives {@code events/hamlet}. */
  public static String of(String collection, String typed) {
    return typed.startsWith(collection + "/") ? typed : collection + "/" + typed;
  }

  /** {@code a-1} under {@code events/hamlet} gives {@code events/hamlet/seats/a-1}. */
  public static String under(String parent, String collection, String typed) {
    return typed.contains("/") ? typed : parent + "/" + collection + "/" + typed;
  }

  /** The last segment. */
  public static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** {@code 2} before {@code 10}, {@code A2} before {@code A10}. */
  public static final Comparator<String> NATURAL = Names::compareNatural;

  private static int compareNatural(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = runEnd(a, i);
      int jEnd = runEnd(b, j);
      String left = a.substring(i, iEnd);
      String right = b.substring(j, jEnd);
      int order =
          isDigit(left.charAt(0)) && isDigit(right.charAt(0))
              ? compareNumbers(left, right)
              : left.compareTo(right);
      if (order != 0) {
        return order;
      }
      i = iEnd;
      j = jEnd;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** The end of the run of digits, or of other characters, that begins here. */
  private static int runEnd(String text, int begin) {
    int end = begin + 1;
    while (end < text.length() && isDigit(text.charAt(end)) == isDigit(text.charAt(begin))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int compareNumbers(String a, String b) {
    String left = a.replaceFirst("^0+(?=.)", "");
    String right = b.replaceFirst("^0+(?=.)", "");
    return left.length() != right.length()
        ? Integer.compare(left.length(), right.length())
        : left.compareTo(right);
  }
}
