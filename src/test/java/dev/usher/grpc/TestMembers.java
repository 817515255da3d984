package dev.usher.grpc;

import dev.usher.raft.NodeId;
import dev.usher.replica.MemberControl;
import dev.usher.replica.MemberOutcome;
import dev.usher.replica.PeerAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster whose members have telling names; whatever is wanted of them comes to the same. */
final class TestMembers implements MemberControl {
  @Override
  public CompletionStage<MemberOutcome> add(NodeId node, PeerAddress at, Duration timeout) {
    return outcome(node);
  }

  @Override
  public CompletionStage<MemberOutcome> promote(NodeId node, Duration timeout) {
    return outcome(node);
  }

  @Override
  public CompletionStage<MemberOutcome> remove(NodeId node, Duration timeout) {
    return outcome(node);
  }

  @Override
  public CompletionStage<MemberOutcome> drain(NodeId node, Duration timeout) {
    return outcome(node);
  }

  @Override
  public CompletionStage<MemberOutcome> undrain(NodeId node, Duration timeout) {
    return outcome(node);
  }

  private static CompletionStage<MemberOutcome> outcome(NodeId node) {
    return CompletableFuture.completedFuture(
        switch (node.value()) {
          case "last-voter" -> new MemberOutcome.Refused("last-voter is the last voter");
          case "slow" -> new MemberOutcome.NotYet("slow still lacks too much of the log");
          case "stranger" -> new MemberOutcome.NoSuchMember();
          default -> new MemberOutcome.Done();
        });
  }
}
