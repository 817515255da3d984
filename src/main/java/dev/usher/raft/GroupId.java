package dev.usher.raft;

import java.util.regex.Pattern;

/**
 * The name of a Raft group, for example {@code system} or {@code seats-0}.
 *
 * @param value 1 to 63 characters of {@code a-z 0-9 -}, starting with a letter
 */
public record GroupId(String value) implements Comparable<GroupId> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public GroupId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a group id is 1 to 63 of a-z, 0-9 and '-', starting with a letter: '" + value + "'");
    }
  }

  @Override
  public int compareTo(GroupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
