package dev.usher.cli.client;

import java.util.Arrays;
import java.util.List;

/** Where a node serves clients. */
public record NodeAddress(String host, int port) {
  /** The three nodes of {@code bin/start-node.sh}. */
  public static final List<NodeAddress> DEFAULTS =
      List.of(
          new NodeAddress("127.0.0.1", 7101),
          new NodeAddress("127.0.0.1", 7102),
          new NodeAddress("127.0.0.1", 7103));

  public NodeAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "a node address is HOST:PORT with a port of 1 to 65535, not " + host + ":" + port);
    }
  }

  /**
   * Reads {@code HOST:PORT}; an IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException naming the text that is no address
   */
  public static NodeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("a node address is HOST:PORT, not '" + text + "'");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new NodeAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a node address is HOST:PORT with a number for the port, not '" + text + "'", e);
    }
  }

  /** Reads {@code HOST:PORT,HOST:PORT,…}; at least one. */
  public static List<NodeAddress> parseList(String text) {
    List<NodeAddress> nodes =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(NodeAddress::parse)
            .toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no node address in '" + text + "'");
    }
    return nodes;
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
