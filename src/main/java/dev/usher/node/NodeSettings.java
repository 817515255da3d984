package dev.usher.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configuration of one node, read and checked as a whole before anything is started. The
 * settings and their meaning: conf/usher.conf.
 *
 * @param members of a new cluster, this node included; of one that is there already, when this node
 *     joins, whoever is to be known before the log is there
 * @param join this node waits to be added to a cluster, and makes none
 * @param seatGroups number of seat groups
 * @param journalPlugin where sagas and conversations write their events
 */
public record NodeSettings(
    NodeId self,
    Path dataDir,
    String clusterName,
    List<Member> members,
    boolean join,
    RaftTiming raft,
    int segmentBytes,
    Duration diskHangMax,
    int seatGroups,
    Operator operator,
    Duration sessionLifetime,
    BookingTiming booking,
    Payment payment,
    ZoneId chatZone,
    String journalPlugin) {

  /** A node as all the others know it. */
  public record Member(
      NodeId id, String host, int clientPort, int peerPort, int operationsPort, int clusterPort) {
    String clientAddress() {
      return host + ":" + clientPort;
    }
  }

  /**
   * Already multiplied by the time scale.
   *
   * @param leaseDriftPercent how far clocks may differ in rate; empty: no leases
   */
  public record RaftTiming(
      Duration heartbeat,
      Duration electionTimeoutMin,
      Duration electionTimeoutMax,
      int maxInFlightProposals,
      long maxInFlightBytes,
      long snapshotEveryBytes,
      int snapshotKeepEntries,
      Optional<Integer> leaseDriftPercent) {}

  /** The first account. */
  public record Operator(String email, Path passwordFile) {}

  public record BookingTiming(
      Duration reconcileInterval, Duration debtGrace, Duration orphanAuthorizationAge) {}

  /**
   * The payment provider.
   *
   * @param webhookSecretFile without one this node takes no events
   * @param returnUrl where buyers come back to after 3-D Secure; empty: a page of this node
   */
  public record Payment(
      URI baseUrl,
      Path secretKeyFile,
      Optional<Path> webhookSecretFile,
      Duration requestTimeout,
      Optional<URI> returnUrl) {}

  /** This node's own entry. */
  public Member own() {
    return members.stream().filter(member -> member.id().equals(self)).findFirst().orElseThrow();
  }

  /** Reads a node's file over the packaged defaults. */
  public static NodeSettings load(Path file) {
    return Reader.open(file).read(NodeSettings::from);
  }

  private static NodeSettings from(Config usher) {
    var members = usher.getConfigList("cluster.nodes").stream().map(NodeSettings::member).toList();
    var self = new NodeId(usher.getString("node.id"));
    var seen = new HashSet<NodeId>();
    for (var member : members) {
      if (!seen.add(member.id())) {
        throw new ConfigurationException("usher.cluster.nodes names " + member.id() + " twice");
      }
    }
    if (!seen.contains(self)) {
      throw new ConfigurationException(
          "usher.node.id is " + self + ", which usher.cluster.nodes does not have");
    }
    return new NodeSettings(
        self,
        Path.of(usher.getString("node.data-dir")),
        usher.getString("cluster.name"),
        members,
        usher.getBoolean("cluster.join"),
        timing(usher.getConfig("raft")),
        Math.toIntExact(atLeast(usher.getBytes("log.segment-size"), 1 << 20, "log.segment-size")),
        positive(usher, "log.hang-limit"),
        (int) atLeast(usher.getInt("groups.seats"), 1, "groups.seats"),
        new Operator(
            usher.getString("auth.operator-email"),
            readable(
                usher.getString("auth.operator-password-file"), "auth.operator-password-file")),
        positive(usher, "auth.session-lifetime"),
        new BookingTiming(
            positive(usher, "booking.reconcile-interval"),
            positive(usher, "booking.debt-grace"),
            positive(usher, "booking.orphan-authorization-age")),
        new Payment(
            httpUri(usher.getString("payment.base-url"), "payment.base-url"),
            readable(usher.getString("payment.secret-key-file"), "payment.secret-key-file"),
            Optional.of(usher.getString("payment.webhook-secret-file"))
                .filter(text -> !text.isEmpty())
                .map(text -> readable(text, "payment.webhook-secret-file")),
            positive(usher, "payment.request-timeout"),
            Optional.of(usher.getString("payment.return-url"))
                .filter(text -> !text.isEmpty())
                .map(text -> httpUri(text, "payment.return-url"))),
        zone(usher.getString("chat.zone")),
        usher.getString("journal.plugin"));
  }

  private static Member member(Config node) {
    return new Member(
        new NodeId(node.getString("id")),
        node.getString("host"),
        port(node, "client-port"),
        port(node, "peer-port"),
        port(node, "operations-port"),
        port(node, "cluster-port"));
  }

  private static RaftTiming timing(Config raft) {
    double scale = raft.getDouble("time-scale");
    if (!(scale >= 0.1 && scale <= 100)) {
      throw new ConfigurationException("usher.raft.time-scale is " + scale + ", not in 0.1 to 100");
    }
    Function<String, Duration> scaled =
        key -> Duration.ofNanos((long) (positive(raft, key).toNanos() * scale));
    var timing =
        new RaftTiming(
            scaled.apply("heartbeat"),
            scaled.apply("election-timeout-min"),
            scaled.apply("election-timeout-max"),
            (int) atLeast(raft.getInt("max-in-flight-proposals"), 1, "max-in-flight-proposals"),
            atLeast(raft.getBytes("max-in-flight-bytes"), 1 << 20, "max-in-flight-bytes"),
            atLeast(raft.getBytes("snapshot-every"), 1 << 10, "snapshot-every"),
            (int) atLeast(raft.getInt("snapshot-keep-entries"), 0, "snapshot-keep-entries"),
            raft.getBoolean("lease") ? Optional.of(leaseDrift(raft)) : Optional.empty());
    if (timing.heartbeat().multipliedBy(2).compareTo(timing.electionTimeoutMin()) > 0
        || timing.electionTimeoutMin().compareTo(timing.electionTimeoutMax()) >= 0) {
      throw new ConfigurationException(
          "usher.raft needs 2 x heartbeat <= election-timeout-min < election-timeout-max");
    }
    return timing;
  }

  private static int leaseDrift(Config raft) {
    int percent = raft.getInt("lease-drift-percent");
    if (percent < 1 || percent > 90) {
      throw new ConfigurationException(
          "usher.raft.lease-drift-percent is " + percent + ", not in 1 to 90");
    }
    return percent;
  }

  private static int port(Config node, String key) {
    int port = node.getInt(key);
    if (port < 1 || port > 65535) {
      throw new ConfigurationException(
          "usher.cluster.nodes: " + key + " is " + port + ", not in 1 to 65535");
    }
    return port;
  }

  private static long atLeast(long value, long least, String key) {
    if (value < least) {
      throw new ConfigurationException(
          "usher." + key + " is " + value + ", less than the least of " + least);
    }
    return value;
  }

  private static Duration positive(Config config, String key) {
    var duration = config.getDuration(key);
    if (duration.isNegative() || duration.isZero()) {
      throw new ConfigurationException("usher: " + key + " must be longer than nothing");
    }
    return duration;
  }

  private static Path readable(String name, String key) {
    var file = Path.of(name);
    if (!Files.isReadable(file)) {
      throw new ConfigurationException(
          "usher." + key + " names " + name + ", which can't be read; bin/start-node.sh makes it");
    }
    return file;
  }

  private static URI httpUri(String text, String setting) {
    try {
      var uri = URI.create(text);
      if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the same sentence
    }
    throw new ConfigurationException("usher." + setting + " is no http(s) address: " + text);
  }

  private static ZoneId zone(String text) {
    try {
      return text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new ConfigurationException("usher.chat.zone is no time zone: " + text);
    }
  }

  /** A file over the packaged defaults, and errors that name both setting and file. */
  record Reader(Path file, Config usher) {
    static Reader open(Path file) {
      if (!Files.isReadable(file)) {
        throw new ConfigurationException("cannot read the configuration file " + file);
      }
      try {
        var own = ConfigFactory.parseFile(file.toFile());
        var defaults = ConfigFactory.parseResources("usher.conf");
        var all =
            ConfigFactory.systemProperties().withFallback(own).withFallback(defaults).resolve();
        return new Reader(file, all.getConfig("usher"));
      } catch (ConfigException e) {
        throw new ConfigurationException(file + ": " + e.getMessage());
      }
    }

    <T> T read(Function<Config, T> from) {
      try {
        return from.apply(usher);
      } catch (ConfigException.Missing e) {
        throw new ConfigurationException(
            file + ": a setting is missing: " + e.getMessage() + "; see conf/usher.conf");
      } catch (ConfigException | ConfigurationException | IllegalArgumentException e) {
        throw new ConfigurationException(file + ": " + e.getMessage());
      }
    }
  }

  /** The one line of a secrets file. */
  static String secret(Path file) {
    try {
      var text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new ConfigurationException(file + " is empty; it must hold the secret in one line");
      }
      return text;
    } catch (IOException e) {
      throw new ConfigurationException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
