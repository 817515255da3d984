package dev.usher.backup;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node's configuration file says of the cluster that a restore begins. The node itself
 * checks the rest of the file when it starts.
 *
 * @param members all nodes: the voters that the new cluster begins with
 */
public record NewCluster(
    String name,
    NodeId self,
    SortedSet<NodeId> members,
    int seatGroups,
    int segmentBytes,
    Path dataDir) {
  public NewCluster {
    members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    if (!members.contains(self)) {
      throw new IllegalArgumentException(self + " is not among the nodes " + members);
    }
  }

  /** The node that the configuration file is of. */
  public String node() {
    return self.value();
  }

  /** All other nodes. */
  public List<String> others() {
    return members.stream().filter(node -> !node.equals(self)).map(NodeId::value).toList();
  }

  /**
   * Reads a node's file over the packaged defaults.
   *
   * @throws RestoreException names the file and what is wrong with it
   */
  public static NewCluster read(Path file) throws RestoreException {
    if (!Files.isReadable(file)) {
      throw new RestoreException("the configuration file " + file + " can't be read");
    }
    try {
      Config usher =
          ConfigFactory.parseFile(file.toFile())
              .withFallback(ConfigFactory.parseResources("usher.conf"))
              .resolve()
              .getConfig("usher");
      SortedSet<NodeId> members = new TreeSet<>();
      usher
          .getConfigList("cluster.nodes")
          .forEach(node -> members.add(new NodeId(node.getString("id"))));
      return new NewCluster(
          usher.getString("cluster.name"),
          new NodeId(usher.getString("node.id")),
          members,
          usher.getInt("groups.seats"),
          Math.toIntExact(usher.getBytes("log.segment-size")),
          Path.of(usher.getString("node.data-dir")));
    } catch (ConfigException | IllegalArgumentException | ArithmeticException e) {
      throw new RestoreException(file + ": " + e.getMessage());
    }
  }
}
