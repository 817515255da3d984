package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.Hello;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who this node is towards its peers, and whom it lets in.
 *
 * @param isKnown who belongs to the cluster at the moment
 */
record PeerIdentity(
    String cluster, NodeId self, DirectoryId directoryId, Predicate<NodeId> isKnown) {
  static final int FORMAT_VERSION = 1;

  Hello helloTo(NodeId peer) {
    return Hello.newBuilder()
        .setFormatVersion(FORMAT_VERSION)
        .setCluster(cluster)
        .setFromNode(self.value())
        .setToNode(peer.value())
        .setDirectoryId(directoryId.value())
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
    try {
      DirectoryId directory = new DirectoryId(hello.getDirectoryId());
      return isKnown.test(new NodeId(hello.getFromNode())) && directory.isKnown()
          ? Optional.empty()
          : Optional.of("node '" + printable(hello.getFromNode()) + "' is not a member");
    } catch (IllegalArgumentException e) {
      return Optional.of("not a node's name, or not a directory's id");
    }
  }

  /** A stranger's words as they may go into a log line. */
  static String printable(String words) {
    return words.substring(0, Math.min(63, words.length())).replaceAll("[^ -~]", "?");
  }
}
