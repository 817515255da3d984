package dev.usher.chat.understanding;

/** Whether two words are the same but for one slip of the finger. */
final class EditDistance {
  private EditDistance() {}

  /**
   * True when one letter was changed, left out, put in, or swapped with its neighbour, or none
   * (distance 1 of Damerau and Levenshtein).
   */
  static boolean atMostOne(String a, String b) {
    if (a.length() > b.length()) {
      return atMostOne(b, a);
    }
    int same = 0;
    while (same < a.length() && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    if (b.length() - a.length() > 1) {
      return false;
    }
    if (b.length() > a.length()) {
      return a.substring(same).equals(b.substring(same + 1));
    }
    return same == a.length()
        || a.substring(same + 1).equals(b.substring(same + 1))
        || swapped(a, b, same);
  }

  private static boolean swapped(String a, String b, int at) {
    return at + 1 < a.length()
        && a.charAt(at) == b.charAt(at + 1)
        && a.charAt(at + 1) == b.charAt(at)
        && a.substring(at + 2).equals(b.substring(at + 2));
  }
}
