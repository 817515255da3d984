package dev.usher.cli.local;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.usher.cli.local.ProcessSpec.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a local cluster: a directory with {@code node-N.conf} and {@code sandbox.conf}, and
 * the working directory that relative paths in them start from.
 *
 * @param workDir the processes' working directory
 * @param nodes the nodes, ordered by name
 * @param operatorEmail the account that the cluster makes at its first start
 */
public record Layout(
    Path workDir,
    List<ProcessSpec> nodes,
    ProcessSpec sandbox,
    Path paymentKeyFile,
    Optional<Path> webhookSecretFile,
    Path operatorPasswordFile,
    String operatorEmail) {

  /** Every setting's default, packaged in the jar. */
  private static final String DEFAULTS = "usher.conf";

  public Layout {
    nodes = List.copyOf(nodes);
  }

  /**
   * Reads the configuration files.
   *
   * @throws LocalClusterException naming the file and what is wrong with it
   */
  public static Layout read(Path confDir, Path workDir) {
    var sandboxFile = confDir.resolve("sandbox.conf");
    List<Path> nodeFiles = nodeFiles(confDir);
    var sandboxConf = parse(sandboxFile);
    var nodes = new ArrayList<ProcessSpec>();
    for (Path file : nodeFiles) {
      nodes.add(node(file, parse(file), workDir));
    }
    var first = parse(nodeFiles.getFirst());
    return new Layout(
        workDir,
        nodes,
        sandbox(sandboxFile, sandboxConf, workDir),
        workDir.resolve(string(sandboxFile, sandboxConf, "usher.sandbox.secret-key-file")),
        webhookSecretFile(first, workDir),
        workDir.resolve(string(nodeFiles.getFirst(), first, "usher.auth.operator-password-file")),
        string(nodeFiles.getFirst(), first, "usher.auth.operator-email"));
  }

  private static Optional<Path> webhookSecretFile(Config node, Path workDir) {
    return Optional.of(node.getString("usher.payment.webhook-secret-file"))
        .filter(text -> !text.isEmpty())
        .map(workDir::resolve);
  }

  private static List<Path> nodeFiles(Path confDir) {
    try (Stream<Path> files = Files.list(confDir)) {
      List<Path> found =
          files
              .filter(f -> f.getFileName().toString().matches("node-[0-9]+\\.conf"))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new LocalClusterException(
            confDir + " has no node-1.conf, node-2.conf, …; name the right directory with --conf");
      }
      return found;
    } catch (IOException e) {
      throw new LocalClusterException(
          confDir + " can't be read; name the directory of the node-N.conf files with --conf", e);
    }
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new LocalClusterException(file + " is missing or can't be read");
    }
    try {
      return ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
          .withFallback(ConfigFactory.parseResources(DEFAULTS))
          .resolve();
    } catch (ConfigException e) {
      throw new LocalClusterException("bad configuration: " + e.getMessage(), e);
    }
  }

  private static ProcessSpec node(Path file, Config conf, Path workDir) {
    String id = string(file, conf, "usher.node.id");
    Config address = address(file, conf, id);
    var ports = new ArrayList<Port>();
    for (String setting : List.of("client-port", "peer-port", "operations-port", "cluster-port")) {
      ports.add(new Port(setting, port(file, address, setting)));
    }
    Path dataDir = workDir.resolve(string(file, conf, "usher.node.data-dir"));
    return new ProcessSpec(
        id,
        file,
        string(file, address, "host"),
        ports,
        dataDir,
        dataDir,
        conf.getBoolean("usher.cluster.join"));
  }

  private static Config address(Path file, Config conf, String id) {
    try {
      for (Config node : conf.getConfigList("usher.cluster.nodes")) {
        if (node.getString("id").equals(id)) {
          return node;
        }
      }
    } catch (ConfigException e) {
      throw bad(file, e);
    }
    throw new LocalClusterException(
        "bad configuration: "
            + file
            + ": usher.cluster.nodes has no node with the id '"
            + id
            + "' of usher.node.id");
  }

  private static ProcessSpec sandbox(Path file, Config conf, Path workDir) {
    try {
      Path dataDir = workDir.resolve(string(file, conf, "usher.sandbox.data-dir"));
      return new ProcessSpec(
          ProcessSpec.SANDBOX,
          file,
          string(file, conf, "usher.sandbox.host"),
          List.of(new Port("port", port(file, conf.getConfig("usher.sandbox"), "port"))),
          dataDir,
          dataDir,
          false);
    } catch (ConfigException e) {
      throw bad(file, e);
    }
  }

  private static String string(Path file, Config conf, String path) {
    try {
      return conf.getString(path);
    } catch (ConfigException e) {
      throw bad(file, e);
    }
  }

  private static int port(Path file, Config conf, String setting) {
    try {
      int port = conf.getInt(setting);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
      throw new LocalClusterException(
          "bad configuration: " + file + ": " + setting + " is " + port + ", not 1 to 65535");
    } catch (ConfigException e) {
      throw bad(file, e);
    }
  }

  private static LocalClusterException bad(Path file, ConfigException e) {
    String message = String.valueOf(e.getMessage());
    return new LocalClusterException(
        "bad configuration: " + (message.contains(file.toString()) ? "" : file + ": ") + message,
        e);
  }

  /** Makes the secret files that are missing. */
  public void ensureSecrets() {
    Secrets.ensure(paymentKeyFile, "sk_test_");
    webhookSecretFile.ifPresent(file -> Secrets.ensure(file, "whsec_"));
    Secrets.ensure(operatorPasswordFile, "");
  }

  public String operatorPassword() {
    return Secrets.read(operatorPasswordFile);
  }

  /** The sandbox's secret key, for questions to its ledger. */
  public String paymentKey() {
    return Secrets.read(paymentKeyFile);
  }

  /** The nodes that are started together: all but those that join and never were started. */
  public List<ProcessSpec> standing() {
    return nodes.stream().filter(ProcessSpec::isStanding).toList();
  }

  /** Everything that is started together, in the order of starting. */
  List<ProcessSpec> processes() {
    return Stream.concat(Stream.of(sandbox), standing().stream()).toList();
  }

  /** A node by its id, {@code node-2}, or its number, {@code 2}. */
  public Optional<ProcessSpec> node(String idOrNumber) {
    return nodes.stream()
        .filter(n -> n.name().equals(idOrNumber) || n.name().equals("node-" + idOrNumber))
        .findFirst();
  }
}
