package dev.usher.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A {@link Configuration} as the payload of its log entry: one line for each member, {@code <parts>
 * <node> <directory> <address>}, separated by tabs, where the parts are of {@code v} voter, {@code
 * o} outgoing and {@code l} learner. Text, so that a dump of the log explains itself.
 */
public final class ConfigurationText {
  /** More than any group has. */
  private static final int MEMBERS_MAX = 64;

  private static final int BYTES_MAX = 64 << 10;

  private ConfigurationText() {}

  public static Bytes encode(Configuration configuration) {
    StringBuilder text = new StringBuilder();
    configuration
        .members()
        .forEach(
            (node, identity) ->
                text.append(configuration.voters().contains(node) ? "v" : "")
                    .append(configuration.outgoing().contains(node) ? "o" : "")
                    .append(configuration.learners().contains(node) ? "l" : "")
                    .append('\t')
                    .append(node)
                    .append('\t')
                    .append(identity.directory().value())
                    .append('\t')
                    .append(identity.address())
                    .append('\n'));
    return Bytes.wrap(text.toString().getBytes(UTF_8));
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the bytes are no configuration
   */
  public static Configuration decode(Bytes payload) {
    if (payload.size() > BYTES_MAX) {
      throw new IllegalArgumentException("configuration of " + payload.size() + " bytes");
    }
    SortedSet<NodeId> voters = new TreeSet<>();
    SortedSet<NodeId> outgoing = new TreeSet<>();
    SortedSet<NodeId> learners = new TreeSet<>();
    SortedMap<NodeId, Configuration.Identity> members = new TreeMap<>();
    for (String line : new String(payload.unsafeArray(), UTF_8).lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 4 || members.size() == MEMBERS_MAX) {
        throw new IllegalArgumentException("not a configuration");
      }
      NodeId node = new NodeId(fields[1]);
      for (char part : fields[0].toCharArray()) {
        switch (part) {
          case 'v' -> voters.add(node);
          case 'o' -> outgoing.add(node);
          case 'l' -> learners.add(node);
          default -> throw new IllegalArgumentException("not a part of a configuration: " + part);
        }
      }
      members.put(node, new Configuration.Identity(new DirectoryId(fields[2]), fields[3]));
    }
    return new Configuration(voters, outgoing, learners, members);
  }
}
