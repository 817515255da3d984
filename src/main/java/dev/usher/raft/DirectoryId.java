package dev.usher.raft;

import java.util.regex.Pattern;

/**
 * The identity of a data directory, made at its first use: a wiped disk under an old node's name is
 * another directory, and so not the old voter (Ongaro 2015, KAFKA-20740).
 *
 * <p>It says how its node began, too: a founder's name is in the list that its group starts with,
 * where disks are not named yet. A joiner's disk counts only where it is named.
 *
 * @param value 0 to 63 characters of {@code A-Z a-z 0-9 -}; empty when it is not known (yet)
 */
public record DirectoryId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{0,63}");

  private static final String JOINER = "join-";

  public static final DirectoryId UNKNOWN = new DirectoryId("");

  public DirectoryId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a directory id is up to 63 of A-Z, a-z, 0-9 and '-': '" + value + "'");
    }
  }

  /** Of a node that founds a group together with others. */
  public static DirectoryId founder(String unique) {
    return new DirectoryId(unique);
  }

  /** Of a node that waits to be added to a group. */
  public static DirectoryId joiner(String unique) {
    return new DirectoryId(JOINER + unique);
  }

  public boolean isKnown() {
    return !value.isEmpty();
  }

  /**
   * Is a member whose disk is this, as far as its group has written down, possibly that one? Of a
   * disk that is not written down it is known that it is a founder's: nobody else is a member
   * unnamed. A new disk under a founder's name is none, even where the news of the old one's name
   * has not come or was lost.
   */
  public boolean mayBe(DirectoryId other) {
    if (!other.isKnown()) {
      return true;
    }
    return isKnown() ? equals(other) : !other.value.startsWith(JOINER);
  }

  @Override
  public String toString() {
    return isKnown() ? value : "unknown";
  }
}
