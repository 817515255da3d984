package dev.usher.raft;

import java.util.regex.Pattern;

/**
 * The identity of a data directory, made at its first use: a wiped disk under an old node's name is
 * another directory, and so not the old voter (Ongaro 2015, KAFKA-20740).
 *
 * @param value 0 to 63 characters of {@code A-Z a-z 0-9 -}; empty when it is not known (yet)
 */
public record DirectoryId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{0,63}");

  public static final DirectoryId UNKNOWN = new DirectoryId("");

  public DirectoryId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a directory id is up to 63 of A-Z, a-z, 0-9 and '-': '" + value + "'");
    }
  }

  public boolean isKnown() {
    return !value.isEmpty();
  }

  /** False when both are known and differ. */
  public boolean mayBe(DirectoryId other) {
    return !isKnown() || !other.isKnown() || equals(other);
  }

  @Override
  public String toString() {
    return isKnown() ? value : "unknown";
  }
}
