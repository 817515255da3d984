package dev.usher.replica;

import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.Hello;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Who this node is towards its peers, and whom it lets in.
 *
 * @param members all nodes of the cluster, this one included
 */
record PeerIdentity(String cluster, NodeId self, String directoryId, SortedSet<NodeId> members) {
  static final int FORMAT_VERSION = 1;

  Hello helloTo(NodeId peer) {
    return Hello.newBuilder()
        .setFormatVersion(FORMAT_VERSION)
        .setCluster(cluster)
        .setFromNode(self.value())
        .setToNode(peer.value())
        .setDirectoryId(directoryId)
        .build();
  }

  /** Why the sender of this hello is a stranger; empty when it is a peer. */
  Optional<String> refusal(Hello hello) {
    if (hello.getFormatVersion() != FORMAT_VERSION) {
      return Optional.of(
          "format version " + hello.getFormatVersion() + ", this node speaks " + FORMAT_VERSION);
    }
    if (!hello.getCluster().equals(cluster)) {
      return Optional.of(
          "cluster '" + printable(hello.getCluster()) + "', this one is '" + cluster + "'");
    }
    if (!hello.getToNode().equals(self.value())) {
      return Optional.of(
          "looks for '" + printable(hello.getToNode()) + "', this node is '" + self + "'");
    }
    if (hello.getFromNode().equals(self.value())) {
      return Optional.of("it calls itself '" + self + "', as this node does");
    }
    boolean isMember =
        members.stream().anyMatch(member -> member.value().equals(hello.getFromNode()));
    return isMember
        ? Optional.empty()
        : Optional.of("node '" + printable(hello.getFromNode()) + "' is not a member");
  }

  /** A stranger's words as they may go into a log line. */
  static String printable(String words) {
    return words.substring(0, Math.min(63, words.length())).replaceAll("[^ -~]", "?");
  }
}
