package dev.usher.raft;

import java.util.regex.Pattern;

/**
 * The name of a node, unique within its cluster, for example {@code node-1}.
 *
 * @param value 1 to 63 characters of {@code a-z 0-9 -}, starting with a letter
 */
public record NodeId(String value) implements Comparable<NodeId> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public NodeId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a node id is 1 to 63 of a-z, 0-9 and '-', starting with a letter: '" + value + "'");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
