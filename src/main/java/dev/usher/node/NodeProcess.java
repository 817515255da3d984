package dev.usher.node;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node as a process: starts it, stops it on SIGTERM, and halts when it must not go on. */
final class NodeProcess {
  /** Could not start: the configuration, a port, the disk. */
  static final int FAILED = 1;

  /** Must not go on: the disk failed, an invariant broke. The launcher may start it anew. */
  static final int HALTED = 70;

  private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);

  private NodeProcess() {}

  static void run(Path configFile) {
    try {
      var settings = NodeSettings.load(configFile);
      var node = Node.start(settings, NodeProcess::halt);
      Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "usher-shutdown"));
      log.info(
          "node={} serving clients={} peers={} operations={}",
          settings.self(),
          settings.own().clientPort(),
          settings.own().peerPort(),
          settings.own().operationsPort());
    } catch (RuntimeException e) {
      // Actor systems may be alive: without an exit the process would stay up and do nothing.
      System.err.println("usher node: " + sentence(e));
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void halt(Throwable cause) {
    System.err.println("usher node halts: " + sentence(cause));
    log.error("node=halt cause={}", sentence(cause), cause);
    Runtime.getRuntime().halt(HALTED);
  }

  private static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }
}
