package dev.usher.replica;

/** Where a node listens for its peers. */
public record PeerAddress(String host, int port) {
  public PeerAddress {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "not a host and a port from 1 to 65535: " + host + ":" + port);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
