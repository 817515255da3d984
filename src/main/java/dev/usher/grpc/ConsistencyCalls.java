package dev.usher.grpc;

import dev.usher.api.cluster.v1.GroupConsistency;
import dev.usher.api.cluster.v1.ReplicaDigest;
import dev.usher.api.cluster.v1.VerifyConsistencyRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyResponse;
import dev.usher.raft.GroupId;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.ClusterControl.NodeReport;
import dev.usher.replica.GroupDigests;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Comparing the replicas' copies. */
final class ConsistencyCalls {
  private final ClusterControl cluster;

  ConsistencyCalls(ClusterControl cluster) {
    this.cluster = cluster;
  }

  CompletionStage<VerifyConsistencyResponse> verify(VerifyConsistencyRequest in, Call call) {
    var violations = new Violations();
    var group =
        in.getGroup().isEmpty()
            ? Optional.<GroupId>empty()
            : ClusterGrpcService.group(in.getGroup(), violations);
    violations.check();
    return cluster
        .status(call.timeout())
        .thenCompose(
            nodes -> {
              group.ifPresent(one -> ClusterGrpcService.mustBeThere(nodes, one, Optional.empty()));
              return compare(group.map(List::of).orElseGet(() -> groups(nodes)), call);
            });
  }

  private static List<GroupId> groups(List<NodeReport> nodes) {
    var groups = new TreeSet<GroupId>();
    nodes.forEach(
        node ->
            node.status().ifPresent(s -> s.groups().forEach(group -> groups.add(group.group()))));
    return List.copyOf(groups);
  }

  /** All at once: a node that does not answer costs its time only once. */
  private CompletionStage<VerifyConsistencyResponse> compare(List<GroupId> groups, Call call) {
    // The entry that is compared at must be made first, which takes a leader.
    var half = call.timeout().dividedBy(2);
    var asked =
        groups.stream().map(group -> cluster.digests(group, half).toCompletableFuture()).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              var response = VerifyConsistencyResponse.newBuilder();
              asked.forEach(digests -> response.addGroups(message(digests.join())));
              return response.build();
            });
  }

  private static GroupConsistency message(GroupDigests found) {
    var group =
        GroupConsistency.newBuilder()
            .setGroup(ResourceNames.group(found.group().value()))
            .setIndex(found.index());
    var verdicts = found.verdicts();
    found
        .digests()
        .forEach(
            (node, digest) ->
                group.addReplicas(
                    ReplicaDigest.newBuilder()
                        .setNode(ResourceNames.node(node.value()))
                        .setVerdict(
                            verdict(verdicts.getOrDefault(node, GroupDigests.Verdict.NO_ANSWER)))
                        .setDigest(
                            digest
                                .map(bytes -> HexFormat.of().formatHex(bytes.unsafeArray()))
                                .orElse(""))));
    return group.build();
  }

  private static ReplicaDigest.Verdict verdict(GroupDigests.Verdict verdict) {
    return switch (verdict) {
      case SAME -> ReplicaDigest.Verdict.VERDICT_SAME;
      case DIFFERENT -> ReplicaDigest.Verdict.VERDICT_DIFFERENT;
      case NO_ANSWER -> ReplicaDigest.Verdict.VERDICT_NO_ANSWER;
    };
  }
}
