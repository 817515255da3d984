package dev.usher.replica;

/** Where a node listens for its peers. */
public record PeerAddress(String host, int port) {
  public PeerAddress {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "not a host and a port from 1 to 65535: " + host + ":" + port);
    }
  }

  /** Reads what {@link #toString} gives; IllegalArgumentException when it is none. */
  public static PeerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not a host and a port: " + text);
    }
    return new PeerAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
