package dev.usher.node.membership;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import dev.usher.shards.HomeShards;
import java.util.List;
import java.util.Map;

/**
 * Where a node's clustered actor system is.
 *
 * @param port of Artery
 * @param journalPlugin the id of the Pekko Persistence journal
 */
public record ClusterSettings(NodeId node, String host, int port, String journalPlugin) {
  static final String SYSTEM_NAME = "usher-cluster";

  public ClusterSettings {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("cluster-port of " + node + " is not a port: " + port);
    }
  }

  /** The address that this node's clustered system has in every incarnation. */
  String address() {
    return "pekko://" + SYSTEM_NAME + '@' + host + ':' + port;
  }

  Config toConfig() {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname", host,
                "pekko.remote.artery.canonical.port", port,
                "pekko.cluster.roles", List.of(HomeShards.roleOf(node)),
                "pekko.persistence.journal.plugin", journalPlugin))
        .withFallback(
            ConfigFactory.parseResources(
                ClusterSettings.class.getClassLoader(), "usher-cluster.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }
}
