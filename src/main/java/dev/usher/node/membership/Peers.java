package dev.usher.node.membership;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a node without a cluster wants to know of the others. Stages may fail: then nothing is
 * known.
 */
public interface Peers {
  /**
   * The cluster addresses of the other nodes that say that they have one, from their node status.
   */
  CompletionStage<List<String>> clusterAddresses();

  /** Whether this node is a member of the groups: only then does it belong to the cluster. */
  boolean belongs();

  /** How many nodes are members of the groups, this one included. */
  int count();

  /** Whether this node leads the system group, as far as it knows. */
  boolean leads();

  /**
   * Whether a quorum has just confirmed that this node leads the system group, by a linearizable
   * read that began after this call.
   */
  CompletionStage<Boolean> leadershipConfirmed();
}
