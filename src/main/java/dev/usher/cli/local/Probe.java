package dev.usher.cli.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks a process whether it serves, and what it measures. */
final class Probe {
  private static final int TIMEOUT_MS = (int) Duration.ofSeconds(2).toMillis();
  private static final int ANSWER_BYTES_MAX = 500;
  private static final int METRICS_BYTES_MAX = 1 << 20;

  /** How far a process must have come. */
  enum Level {
    /** Its operations port answers. */
    LIVE("/live"),
    /** It serves clients and knows a leader of every group. */
    READY("/ready");

    private final String path;

    Level(String path) {
      this.path = path;
    }
  }

  private Probe() {}

  /** Empty when it serves, else what is missing. */
  static Optional<String> missing(ProcessSpec process, Level level) {
    return process.isSandbox() ? connect(process) : get(process, level);
  }

  /** The value of a metric without labels at a node; 0 when it does not say. */
  static long metric(ProcessSpec node, String name) {
    var uri = URI.create("http://" + node.host() + ":" + node.operationsPort() + "/metrics");
    try {
      var connection = uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try (var body = connection.getInputStream()) {
        return new String(body.readNBytes(METRICS_BYTES_MAX), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(name + " "))
            .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
            .sum();
      }
    } catch (IOException e) {
      return 0;
    }
  }

  private static Optional<String> connect(ProcessSpec process) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(process.host(), process.clientPort()), TIMEOUT_MS);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("port " + process.clientPort() + " does not answer yet");
    }
  }

  private static Optional<String> get(ProcessSpec process, Level level) {
    var uri = URI.create("http://" + process.host() + ":" + process.operationsPort() + level.path);
    try {
      var connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try {
        if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
          return Optional.empty();
        }
        var body = connection.getErrorStream();
        String text =
            body == null
                ? ""
                : new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8).strip();
        return Optional.of(uri + " answers " + connection.getResponseCode() + " " + text);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return Optional.of(uri + " does not answer yet");
    }
  }
}
