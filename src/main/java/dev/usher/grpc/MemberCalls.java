package dev.usher.grpc;

import dev.usher.api.cluster.v1.AddMemberRequest;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.DrainMemberRequest;
import dev.usher.api.cluster.v1.PromoteMemberRequest;
import dev.usher.api.cluster.v1.RemoveMemberRequest;
import dev.usher.api.cluster.v1.UndrainMemberRequest;
import dev.usher.raft.NodeId;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.MemberControl;
import dev.usher.replica.MemberOutcome;
import dev.usher.replica.PeerAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Who belongs to the cluster. Each call may be repeated: it goes on where the last one ended. */
final class MemberCalls {
  private static final int LONGEST_ADDRESS = 300;

  private final MemberControl members;
  private final ClusterControl cluster;
  private final Requests requests;

  MemberCalls(MemberControl members, ClusterControl cluster, Requests requests) {
    this.members = members;
    this.cluster = cluster;
    this.requests = requests;
  }

  CompletionStage<ClusterStatus> add(AddMemberRequest in, Call call) {
    var violations = new Violations();
    var address = address(in.getPeerAddress(), violations);
    return change(
        in.getName(),
        in.getRequestId(),
        violations,
        call,
        (node, timeout) -> members.add(node, address.orElseThrow(), timeout));
  }

  CompletionStage<ClusterStatus> promote(PromoteMemberRequest in, Call call) {
    return change(in.getName(), in.getRequestId(), new Violations(), call, members::promote);
  }

  CompletionStage<ClusterStatus> remove(RemoveMemberRequest in, Call call) {
    return change(in.getName(), in.getRequestId(), new Violations(), call, members::remove);
  }

  CompletionStage<ClusterStatus> drain(DrainMemberRequest in, Call call) {
    return change(in.getName(), in.getRequestId(), new Violations(), call, members::drain);
  }

  CompletionStage<ClusterStatus> undrain(UndrainMemberRequest in, Call call) {
    return change(in.getName(), in.getRequestId(), new Violations(), call, members::undrain);
  }

  private CompletionStage<ClusterStatus> change(
      String name,
      String requestId,
      Violations violations,
      Call call,
      BiFunction<NodeId, Duration, CompletionStage<MemberOutcome>> change) {
    var node = ClusterGrpcService.id(name, "nodes", "name", NodeId::new, violations);
    requests.id(requestId, violations);
    violations.check();
    // A little is left for the status that is the answer.
    var timeout = call.timeout().multipliedBy(9).dividedBy(10);
    return change
        .apply(node.orElseThrow(), timeout)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case MemberOutcome.Done done -> cluster.status(call.timeout());
                  case MemberOutcome.NoSuchMember none -> throw Errors.notFound(name);
                  case MemberOutcome.Refused refused ->
                      throw told(Reason.MEMBER_NOT_POSSIBLE, refused.why(), name);
                  case MemberOutcome.NotYet late ->
                      throw told(Reason.MEMBER_NOT_YET, late.why(), name);
                })
        .thenApply(ClusterGrpcService::message);
  }

  private static CallException told(Reason reason, String why, String name) {
    return Errors.of(
        reason,
        Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".",
        Map.of("name", name));
  }

  private static Optional<PeerAddress> address(String text, Violations violations) {
    if (!violations.required("peer_address", text, LONGEST_ADDRESS).isBlank()) {
      try {
        return Optional.of(PeerAddress.parse(text));
      } catch (IllegalArgumentException e) {
        violations.add("peer_address", "must be host:port, for example 10.0.0.4:7201");
      }
    }
    return Optional.empty();
  }
}
