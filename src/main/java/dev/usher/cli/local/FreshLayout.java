package dev.usher.cli.local;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the configuration of a new local cluster on free ports into a directory of its own. */
public final class FreshLayout {
  private static final String HOST = "127.0.0.1";
  private static final int NODES = 3;
  private static final List<String> PORTS =
      List.of("client-port", "peer-port", "operations-port", "cluster-port");

  /**
   * Below the ports that the kernel gives to outgoing connections (32768 and up on Linux): a node
   * that was killed and comes back must not find its port taken by somebody's outgoing connection.
   */
  private static final int PORT_MIN = 20_000;

  private static final int PORT_MAX = 32_000;
  private static final int PORT_TRIES = 2_000;

  /** Stands in directories that were made here, and that may therefore be removed from here. */
  private static final String MARKER = ".usher-local-cluster";

  private static final String PAYMENT_KEY = "data/secrets/payment-key";

  /** What a saga may wait for; the other events of a payment are of no use to a node. */
  private static final String EVENTS =
      """
      ["payment_intent.amount_capturable_updated", "payment_intent.payment_failed", \
      "payment_intent.canceled"]\
      """;

  private static final String WEBHOOK_SECRET = "data/secrets/webhook-secret";

  private FreshLayout() {}

  /** Removes a directory that {@link #write} filled; everything in it must be stopped. */
  public static void delete(Layout layout) {
    Path dir = layout.workDir();
    if (!Files.exists(dir.resolve(MARKER))) {
      throw new LocalClusterException(dir + " was not made for a local cluster; it stays");
    }
    try (var files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new LocalClusterException(dir + " can't be removed", e);
    }
  }

  /** Three nodes and a sandbox with nothing but the defaults. */
  public static Layout write(Path dir, double timeScale) {
    return write(dir, timeScale, "");
  }

  /**
   * Three nodes and a sandbox.
   *
   * @param dir made when it is missing; the processes' working directory
   * @param timeScale multiplies the election and heartbeat times; above 1 for busy machines
   * @param nodeSettings more for each node's file, in HOCON
   * @throws LocalClusterException when the directory already holds something or can't be written
   */
  public static Layout write(Path dir, double timeScale, String nodeSettings) {
    return write(dir, timeScale, nodeSettings, 0);
  }

  /**
   * The same with further nodes, {@code node-4} and on, that wait to be added when they are
   * started.
   */
  public static Layout write(Path dir, double timeScale, String nodeSettings, int joining) {
    Path conf = dir.resolve("conf");
    try {
      if (Files.exists(dir)) {
        try (var entries = Files.list(dir)) {
          if (entries.findAny().isPresent()) {
            throw new LocalClusterException(
                dir + " is not empty; name a new directory, or remove this one first");
          }
        }
      }
      Files.createDirectories(conf);
      Files.writeString(dir.resolve(MARKER), "usher removes this directory when it is done\n");
      List<Integer> ports = freePorts((NODES + joining) * PORTS.size() + 1);
      String nodes =
          IntStream.range(0, NODES)
              .mapToObj(n -> address(n, ports))
              .collect(Collectors.joining("\n    "));
      int sandboxPort = ports.getLast();
      for (int n = 1; n <= NODES; n++) {
        Files.writeString(
            conf.resolve("node-" + n + ".conf"),
            nodeConf(n, dir, nodes, false, sandboxPort, timeScale) + nodeSettings);
      }
      for (int n = NODES + 1; n <= NODES + joining; n++) {
        Files.writeString(
            conf.resolve("node-" + n + ".conf"),
            nodeConf(n, dir, address(n - 1, ports), true, sandboxPort, timeScale) + nodeSettings);
      }
      Files.writeString(conf.resolve("sandbox.conf"), sandboxConf(dir, sandboxPort, ports));
    } catch (IOException e) {
      throw new LocalClusterException(
          "the configuration can't be written to " + conf + " (" + e + "); name another directory",
          e);
    }
    return Layout.read(conf, dir);
  }

  private static String address(int node, List<Integer> ports) {
    var settings = new ArrayList<String>();
    settings.add("id = node-" + (node + 1));
    settings.add("host = \"" + HOST + "\"");
    for (int p = 0; p < PORTS.size(); p++) {
      settings.add(PORTS.get(p) + " = " + ports.get(node * PORTS.size() + p));
    }
    return "{ " + String.join(", ", settings) + " }";
  }

  private static String nodeConf(
      int n, Path dir, String nodes, boolean join, int sandboxPort, double timeScale) {
    return """
    usher.node { id = node-%d, data-dir = %s }
    usher.cluster {
      name = usher
      nodes = [
        %s
      ]
      join = %s
    }
    usher.payment {
      base-url = "http://%s:%d"
      secret-key-file = %s
      webhook-secret-file = %s
    }
    usher.auth {
      operator-email = "operator@usher.local"
      operator-password-file = %s
    }
    usher.raft { time-scale = %s }
    """
        .formatted(
            n,
            file(dir, "data/node-" + n),
            nodes,
            join,
            HOST,
            sandboxPort,
            file(dir, PAYMENT_KEY),
            file(dir, WEBHOOK_SECRET),
            file(dir, "data/secrets/operator-password"),
            timeScale);
  }

  private static String sandboxConf(Path dir, int port, List<Integer> ports) {
    String webhooks =
        IntStream.range(0, NODES)
            .map(n -> ports.get(n * PORTS.size() + PORTS.indexOf("client-port")))
            .mapToObj(client -> webhook(dir, client))
            .collect(Collectors.joining("\n    "));
    return """
    usher.sandbox {
      host = "%s"
      port = %d
      data-dir = %s
      secret-key-file = %s
      webhooks = [
        %s
      ]
    }
    """
        .formatted(HOST, port, file(dir, "data/sandbox"), file(dir, PAYMENT_KEY), webhooks);
  }

  private static String webhook(Path dir, int clientPort) {
    return "{ url = \"http://%s:%d/webhooks/stripe\", secret-file = %s, events = %s }"
        .formatted(HOST, clientPort, file(dir, WEBHOOK_SECRET), EVENTS);
  }

  /** An absolute path, quoted: it means the same in whatever directory a process is started. */
  private static String file(Path dir, String name) {
    return ConfigUtil.quoteString(dir.toAbsolutePath().resolve(name).toString());
  }

  /**
   * Different free ports that the kernel gives to nobody else; all are held open until the last is
   * found.
   */
  public static List<Integer> freePorts(int count) throws IOException {
    var random = RandomGenerator.getDefault();
    var held = new ArrayList<ServerSocket>();
    try {
      for (int tries = 0; held.size() < count; tries++) {
        if (tries == PORT_TRIES) {
          throw new IOException(
              "no " + count + " free ports between " + PORT_MIN + " and " + PORT_MAX);
        }
        var socket = new ServerSocket();
        try {
          socket.bind(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), random.nextInt(PORT_MIN, PORT_MAX)));
          held.add(socket);
        } catch (IOException taken) {
          socket.close();
        }
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
