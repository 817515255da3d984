package dev.usher.node;

import dev.usher.raft.GroupId;
import dev.usher.replica.GroupSpec;
import dev.usher.replica.NodeFacts;
import dev.usher.replica.ReplicaNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A node with nothing on top of its consensus: one group that counts commands, which come in at the
 * client port over a bare socket. For {@code bin/usher bench-raft}.
 */
final class EngineBenchNode {
  private static final Duration OPEN_WITHIN = Duration.ofMinutes(5);
  private static final GroupSpec<Long> GROUP =
      new GroupSpec<>(new GroupId("bench"), SumMachine::new);

  private EngineBenchNode() {}

  static void run(Path configFile) {
    try {
      start(NodeSettings.load(configFile));
    } catch (RuntimeException e) {
      System.err.println("usher bench-node: " + e.getMessage());
      Runtime.getRuntime().halt(NodeProcess.FAILED);
    }
  }

  private static void start(NodeSettings settings) {
    var system = Node.actorSystem();
    var node =
        Node.await(
            ReplicaNode.start(
                system,
                Ground.replicaSettings(settings),
                List.of(GROUP),
                () -> new NodeFacts("", "BENCH", 0, 0),
                EngineBenchNode::halt),
            OPEN_WITHIN,
            "the log in " + settings.dataDir());
    var replica = node.replica(GROUP);
    CommandPort.open(replica, settings.own().clientPort());
    OperationsServer.start(
        settings.own().host(),
        settings.own().operationsPort(),
        () -> replica.leader().isPresent() ? Optional.empty() : Optional.of("no leader yet"),
        () -> {
          var text = new StringBuilder();
          Metrics.disk(text, node.diskUsage());
          return text.toString();
        });
  }

  private static void halt(Throwable cause) {
    System.err.println("usher bench-node halts: " + cause);
    Runtime.getRuntime().halt(NodeProcess.HALTED);
  }
}
