package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.Hello;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Who this node is towards its peers, and whom it lets in.
 *
 * @param address where it can be reached
 * @param groups all that it was started with
 */
record PeerIdentity(
    String cluster,
    NodeId self,
    DirectoryId directoryId,
    MemberAddress address,
    SortedSet<GroupId> groups,
    Members members) {
  /** Who belongs to the cluster at the moment. */
  interface Members {
    boolean isKnown(NodeId node);

    /** A member by name, and not by disk. */
    boolean hasOtherDisk(NodeId node, DirectoryId directory);
  }

  static final int FORMAT_VERSION = 1;

  Hello helloTo(NodeId peer) {
    return Hello.newBuilder()
        .setFormatVersion(FORMAT_VERSION)
        .setCluster(cluster)
        .setFromNode(self.value())
        .setToNode(peer.value())
        .setDirectoryId(directoryId.value())
        .setAddress(address.toString())
        .build();
  }

  /** Why this hello is not for this node; empty when it is, whoever sends it. */
  Optional<String> misdirection(Hello hello) {
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
      var unused = new NodeId(hello.getFromNode());
      return new DirectoryId(hello.getDirectoryId()).isKnown()
          ? Optional.empty()
          : Optional.of("node '" + printable(hello.getFromNode()) + "' names no directory");
    } catch (IllegalArgumentException e) {
      return Optional.of("not a node's name, or not a directory's id");
    }
  }

  /** Where the sender of a hello can be reached; empty when it does not say. */
  static Optional<MemberAddress> addressIn(Hello hello) {
    try {
      return hello.getAddress().isEmpty()
          ? Optional.empty()
          : Optional.of(MemberAddress.parse(hello.getAddress()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A stranger's words as they may go into a log line. */
  static String printable(String words) {
    return words.substring(0, Math.min(63, words.length())).replaceAll("[^ -~]", "?");
  }
}
