package dev.usher.replica;

import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Node status as protobuf and back. */
final class StatusCodec {
  private StatusCodec() {}

  static dev.usher.replica.proto.peer.NodeStatus encode(NodeStatus status) {
    dev.usher.replica.proto.peer.NodeStatus.Builder wire =
        dev.usher.replica.proto.peer.NodeStatus.newBuilder()
            .setNode(status.node().value())
            .setClusterAddress(status.facts().clusterAddress())
            .setMembership(status.facts().membership())
            .setUptimeSeconds(status.facts().uptimeSeconds());
    for (GroupStatus group : status.groups()) {
      wire.addGroups(
          dev.usher.replica.proto.peer.GroupStatus.newBuilder()
              .setGroup(group.group().value())
              .setRole(role(group.role()))
              .setTerm(group.term())
              .setLeader(group.leader().map(NodeId::value).orElse(""))
              .setLastIndex(group.lastIndex())
              .setCommitIndex(group.commitIndex())
              .setAppliedIndex(group.appliedIndex()));
    }
    return wire.build();
  }

  static NodeStatus decode(dev.usher.replica.proto.peer.NodeStatus wire)
      throws MalformedFrameException {
    List<GroupStatus> groups = new ArrayList<>();
    for (dev.usher.replica.proto.peer.GroupStatus group : wire.getGroupsList()) {
      groups.add(
          new GroupStatus(
              PeerCodec.group(group.getGroup()),
              role(group.getRole()),
              group.getTerm(),
              group.getLeader().isEmpty()
                  ? Optional.empty()
                  : Optional.of(PeerCodec.node(group.getLeader())),
              group.getLastIndex(),
              group.getCommitIndex(),
              group.getAppliedIndex()));
    }
    return new NodeStatus(
        PeerCodec.node(wire.getNode()),
        groups,
        new NodeFacts(wire.getClusterAddress(), wire.getMembership(), wire.getUptimeSeconds()));
  }

  private static dev.usher.replica.proto.peer.GroupStatus.Role role(Role role) {
    return switch (role) {
      case FOLLOWER -> dev.usher.replica.proto.peer.GroupStatus.Role.ROLE_FOLLOWER;
      case PRE_CANDIDATE -> dev.usher.replica.proto.peer.GroupStatus.Role.ROLE_PRE_CANDIDATE;
      case CANDIDATE -> dev.usher.replica.proto.peer.GroupStatus.Role.ROLE_CANDIDATE;
      case LEADER -> dev.usher.replica.proto.peer.GroupStatus.Role.ROLE_LEADER;
    };
  }

  private static Role role(dev.usher.replica.proto.peer.GroupStatus.Role wire)
      throws MalformedFrameException {
    return switch (wire) {
      case ROLE_FOLLOWER -> Role.FOLLOWER;
      case ROLE_PRE_CANDIDATE -> Role.PRE_CANDIDATE;
      case ROLE_CANDIDATE -> Role.CANDIDATE;
      case ROLE_LEADER -> Role.LEADER;
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> throw new MalformedFrameException("unknown role");
    };
  }
}
