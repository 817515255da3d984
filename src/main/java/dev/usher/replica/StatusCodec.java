package dev.usher.replica;

import com.google.protobuf.ByteString;
import dev.usher.raft.Configuration;
import dev.usher.raft.ConfigurationText;
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
            .setUptimeSeconds(status.facts().uptimeSeconds())
            .setDraining(status.draining())
            .setCallsUnderWay(status.facts().callsUnderWay());
    for (GroupStatus group : status.groups()) {
      wire.addGroups(
          dev.usher.replica.proto.peer.GroupStatus.newBuilder()
              .setGroup(group.group().value())
              .setRole(role(group.role()))
              .setTerm(group.term())
              .setLeader(group.leader().map(NodeId::value).orElse(""))
              .setLastIndex(group.lastIndex())
              .setCommitIndex(group.commitIndex())
              .setAppliedIndex(group.appliedIndex())
              .setConfiguration(
                  EnvelopeCodec.view(ConfigurationText.encode(group.configuration()))));
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
              group.getAppliedIndex(),
              configuration(group.getConfiguration())));
    }
    return new NodeStatus(
        PeerCodec.node(wire.getNode()),
        groups,
        wire.getDraining(),
        new NodeFacts(
            wire.getClusterAddress(),
            wire.getMembership(),
            wire.getUptimeSeconds(),
            wire.getCallsUnderWay()));
  }

  private static Configuration configuration(ByteString wire) throws MalformedFrameException {
    try {
      return ConfigurationText.decode(EnvelopeCodec.bytes(wire));
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("not a configuration");
    }
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
