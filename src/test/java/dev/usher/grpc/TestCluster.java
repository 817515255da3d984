package dev.usher.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.ConfigurationText;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import dev.usher.raft.StatePoint;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.GroupDigests;
import dev.usher.replica.GroupState;
import dev.usher.replica.GroupStatus;
import dev.usher.replica.LocalReplica;
import dev.usher.replica.NodeFacts;
import dev.usher.replica.NodeStatus;
import dev.usher.replica.TransferResult;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Three nodes: the first leads, the second drains and is three entries behind, the third is a
 * learner and does not answer.
 */
final class TestCluster implements ClusterControl {
  static final int STATE_PIECES = 160;
  static final int STATE_PIECE_BYTES = 64 << 10;

  private static final GroupId LEADERLESS = new GroupId("seats-0");
  private static final Configuration MEMBERS =
      ConfigurationText.decode(
          Bytes.wrap("v\tnode-1\t\t\nv\tnode-2\t\t\nl\tnode-3\t\t\n".getBytes(UTF_8)));

  private volatile boolean thirdAnswers;

  /** The third node comes back. */
  void thirdAnswers() {
    thirdAnswers = true;
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public CompletionStage<List<NodeReport>> status(Duration timeout) {
    var third =
        thirdAnswers ? Optional.of(node("node-3", Role.FOLLOWER, 7)) : Optional.<NodeStatus>empty();
    return CompletableFuture.completedFuture(
        List.of(
            report("node-1", Optional.of(node("node-1", Role.LEADER, 10))),
            report("node-2", Optional.of(node("node-2", Role.FOLLOWER, 7))),
            report("node-3", third)));
  }

  /** A state of many messages, which cannot be compressed. */
  @Override
  public CompletionStage<GroupState> export(GroupId group, Duration timeout) {
    if (group.equals(LEADERLESS)) {
      return CompletableFuture.failedFuture(new UnavailableException(group));
    }
    var members =
        Configuration.of(new TreeSet<>(List.of(new NodeId("node-1"), new NodeId("node-2"))));
    return CompletableFuture.completedFuture(
        new GroupState(
            group,
            new StatePoint(10, 2, members),
            LocalReplica.START_MS,
            Stream.generate(TestCluster::piece).limit(STATE_PIECES).iterator()));
  }

  private static Bytes piece() {
    var piece = new byte[STATE_PIECE_BYTES];
    new SplittableRandom(1).nextBytes(piece);
    return Bytes.wrap(piece);
  }

  /** The second node has something else, the third does not answer; nobody leads seats-0. */
  @Override
  public CompletionStage<GroupDigests> digests(GroupId group, Duration timeout) {
    if (group.equals(LEADERLESS)) {
      return CompletableFuture.failedFuture(new UnavailableException(group));
    }
    var digests = new TreeMap<NodeId, Optional<Bytes>>();
    digests.put(new NodeId("node-1"), Optional.of(Bytes.wrap(new byte[] {1, 2})));
    digests.put(new NodeId("node-2"), Optional.of(Bytes.wrap(new byte[] {9})));
    digests.put(new NodeId("node-3"), Optional.empty());
    digests.put(new NodeId("node-4"), Optional.of(Bytes.wrap(new byte[] {1, 2})));
    return CompletableFuture.completedFuture(new GroupDigests(group, 42, digests));
  }

  /** Only node-2 ever catches up; nobody leads seats-0. */
  @Override
  public CompletionStage<TransferResult> transferLeadership(
      GroupId group, Optional<NodeId> target, Duration timeout) {
    if (group.equals(LEADERLESS)) {
      return CompletableFuture.completedFuture(TransferResult.NO_LEADER);
    }
    boolean done = target.map(node -> node.value().equals("node-2")).orElse(true);
    return CompletableFuture.completedFuture(done ? TransferResult.DONE : TransferResult.ABORTED);
  }

  private static NodeReport report(String node, Optional<NodeStatus> status) {
    return new NodeReport(new NodeId(node), "127.0.0.1:7101", status);
  }

  private static NodeStatus node(String name, Role role, long applied) {
    var leader = Optional.of(new NodeId("node-1"));
    return new NodeStatus(
        new NodeId(name),
        List.of(
            new GroupStatus(LEADERLESS, Role.FOLLOWER, 2, Optional.empty(), 0, 0, 0, MEMBERS),
            new GroupStatus(new GroupId("system"), role, 2, leader, 10, applied, applied, MEMBERS)),
        name.equals("node-2"),
        new NodeFacts("", "Up", 5, 0));
  }
}
