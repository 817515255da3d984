package dev.usher.grpc;

import dev.usher.api.cluster.v1.AddMemberRequest;
import dev.usher.api.cluster.v1.ClusterServicePowerApi;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.DrainMemberRequest;
import dev.usher.api.cluster.v1.ExportSnapshotRequest;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.Group;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.api.cluster.v1.PromoteMemberRequest;
import dev.usher.api.cluster.v1.RemoveMemberRequest;
import dev.usher.api.cluster.v1.TransferLeadershipRequest;
import dev.usher.api.cluster.v1.UndrainMemberRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyResponse;
import dev.usher.api.cluster.v1.WatchClusterRequest;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.ClusterControl.NodeReport;
import dev.usher.replica.ClusterView;
import dev.usher.replica.NodeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.stream.javadsl.Source;

/** The nodes and their Raft groups. */
final class ClusterGrpcService implements ClusterServicePowerApi {
  private final Gate gate;
  private final ClusterControl cluster;
  private final MemberCalls members;
  private final Requests requests;
  private final SnapshotCalls snapshots;
  private final ConsistencyCalls consistency;
  private final ClusterWatch watch;

  ClusterGrpcService(
      Gate gate,
      ClusterControl cluster,
      MemberCalls members,
      Requests requests,
      SnapshotCalls snapshots,
      ClusterWatch watch) {
    this.gate = gate;
    this.cluster = cluster;
    this.members = members;
    this.requests = requests;
    this.snapshots = snapshots;
    this.consistency = new ConsistencyCalls(cluster);
    this.watch = watch;
  }

  @Override
  public CompletionStage<ClusterStatus> getClusterStatus(
      GetClusterStatusRequest in, Metadata metadata) {
    return gate.read(
        "GetClusterStatus",
        metadata,
        call -> cluster.status(call.timeout()).thenApply(ClusterGrpcService::message));
  }

  @Override
  public Source<ExportSnapshotResponse, NotUsed> exportSnapshot(
      ExportSnapshotRequest in, Metadata metadata) {
    return gate.stream("ExportSnapshot", metadata, call -> snapshots.export(in, call));
  }

  @Override
  public CompletionStage<VerifyConsistencyResponse> verifyConsistency(
      VerifyConsistencyRequest in, Metadata metadata) {
    return gate.read("VerifyConsistency", metadata, call -> consistency.verify(in, call));
  }

  @Override
  public Source<WatchClusterResponse, NotUsed> watchCluster(
      WatchClusterRequest in, Metadata metadata) {
    return gate.stream("WatchCluster", metadata, call -> watch.watch());
  }

  @Override
  public CompletionStage<ClusterStatus> transferLeadership(
      TransferLeadershipRequest in, Metadata metadata) {
    return gate.change("TransferLeadership", metadata, call -> transferLeadership(in, call));
  }

  private CompletionStage<ClusterStatus> transferLeadership(
      TransferLeadershipRequest in, Call call) {
    var violations = new Violations();
    var group = group(in.getGroup(), violations);
    var target =
        in.getTarget().isEmpty()
            ? Optional.<NodeId>empty()
            : id(in.getTarget(), "nodes", "target", NodeId::new, violations);
    requests.id(in.getRequestId(), violations);
    violations.check();
    return cluster
        .status(call.timeout())
        .thenCompose(
            nodes -> {
              mustBeThere(nodes, group.orElseThrow(), target);
              return cluster.transferLeadership(group.orElseThrow(), target, call.timeout());
            })
        .thenCompose(
            result ->
                switch (result) {
                  case DONE -> cluster.status(call.timeout());
                  case ABORTED ->
                      throw Errors.of(
                          Reason.TRANSFER_ABORTED,
                          "The other node did not catch up in time; the leader is still the same.",
                          Map.of("group", in.getGroup()));
                  case NO_LEADER ->
                      throw Errors.of(
                          Reason.NO_LEADER,
                          "The group has no leader that could be asked; try again.",
                          Map.of("group", in.getGroup()));
                })
        .thenApply(ClusterGrpcService::message);
  }

  @Override
  public CompletionStage<ClusterStatus> addMember(AddMemberRequest in, Metadata metadata) {
    return gate.change("AddMember", metadata, call -> members.add(in, call));
  }

  @Override
  public CompletionStage<ClusterStatus> promoteMember(PromoteMemberRequest in, Metadata metadata) {
    return gate.change("PromoteMember", metadata, call -> members.promote(in, call));
  }

  @Override
  public CompletionStage<ClusterStatus> removeMember(RemoveMemberRequest in, Metadata metadata) {
    return gate.change("RemoveMember", metadata, call -> members.remove(in, call));
  }

  @Override
  public CompletionStage<ClusterStatus> drainMember(DrainMemberRequest in, Metadata metadata) {
    return gate.change("DrainMember", metadata, call -> members.drain(in, call));
  }

  @Override
  public CompletionStage<ClusterStatus> undrainMember(UndrainMemberRequest in, Metadata metadata) {
    return gate.change("UndrainMember", metadata, call -> members.undrain(in, call));
  }

  static Optional<GroupId> group(String name, Violations violations) {
    return id(name, "groups", "group", GroupId::new, violations);
  }

  static <T> Optional<T> id(
      String name, String collection, String field, Function<String, T> of, Violations violations) {
    var id = ResourceNames.parse(name, collection, field, violations);
    try {
      return id.isEmpty() ? Optional.empty() : Optional.of(of.apply(id));
    } catch (IllegalArgumentException malformed) {
      violations.add(field, "must be " + collection + "/ and 1 to 63 of a-z, 0-9 and '-'");
      return Optional.empty();
    }
  }

  static void mustBeThere(List<NodeReport> nodes, GroupId group, Optional<NodeId> target) {
    var groups =
        nodes.stream()
            .flatMap(node -> node.status().stream())
            .flatMap(status -> status.groups().stream());
    if (groups.noneMatch(status -> status.group().equals(group))) {
      throw Errors.notFound(ResourceNames.group(group.value()));
    }
    if (target.isPresent() && nodes.stream().noneMatch(n -> n.node().equals(target.get()))) {
      throw Errors.notFound(ResourceNames.node(target.get().value()));
    }
  }

  static ClusterStatus message(List<NodeReport> nodes) {
    var commitIndexes = new HashMap<GroupId, Long>();
    for (var node : nodes) {
      for (var group : node.status().map(NodeStatus::groups).orElse(List.of())) {
        commitIndexes.merge(group.group(), group.commitIndex(), Math::max);
      }
    }
    var status = ClusterStatus.newBuilder();
    nodes.forEach(node -> status.addNodes(message(node, commitIndexes)));
    new ClusterView(nodes.stream().flatMap(node -> node.status().stream()).toList())
        .configurations()
        .forEach((group, members) -> status.addGroups(message(group, members)));
    return status.build();
  }

  private static Group message(GroupId group, Configuration members) {
    return Group.newBuilder()
        .setName(ResourceNames.group(group.value()))
        .addAllVoters(names(members.voters()))
        .addAllLearners(names(members.learners()))
        .addAllOutgoing(names(members.outgoing()))
        .build();
  }

  private static List<String> names(SortedSet<NodeId> nodes) {
    return nodes.stream().map(node -> ResourceNames.node(node.value())).toList();
  }

  private static Node message(NodeReport report, Map<GroupId, Long> commitIndexes) {
    var node =
        Node.newBuilder()
            .setName(ResourceNames.node(report.node().value()))
            .setClientAddress(report.clientAddress())
            .setReachable(report.status().isPresent());
    report
        .status()
        .ifPresent(
            status -> {
              node.setMembership(status.facts().membership())
                  .setDraining(status.draining())
                  .setUptimeSeconds(status.facts().uptimeSeconds());
              for (var group : status.groups()) {
                node.addGroups(message(group, commitIndexes.getOrDefault(group.group(), 0L)));
              }
            });
    return node.build();
  }

  private static GroupStatus message(dev.usher.replica.GroupStatus group, long commitIndex) {
    return GroupStatus.newBuilder()
        .setGroup(ResourceNames.group(group.group().value()))
        .setRole(role(group.role()))
        .setTerm(group.term())
        .setLeader(group.leader().map(leader -> ResourceNames.node(leader.value())).orElse(""))
        .setLastIndex(group.lastIndex())
        .setCommitIndex(group.commitIndex())
        .setAppliedIndex(group.appliedIndex())
        .setLag(Math.max(0, commitIndex - group.appliedIndex()))
        .build();
  }

  private static GroupStatus.Role role(Role role) {
    return switch (role) {
      case FOLLOWER -> GroupStatus.Role.ROLE_FOLLOWER;
      case PRE_CANDIDATE -> GroupStatus.Role.ROLE_PRE_CANDIDATE;
      case CANDIDATE -> GroupStatus.Role.ROLE_CANDIDATE;
      case LEADER -> GroupStatus.Role.ROLE_LEADER;
    };
  }
}
