package dev.usher.replica;

/**
 * Where a node can be reached, as it says itself and as a group's log keeps it.
 *
 * @param clients host:port for clients; empty when it is not known
 */
public record MemberAddress(PeerAddress peers, String clients) {
  public MemberAddress {
    if (!(peers + clients).matches("[!-~]*")) {
      throw new IllegalArgumentException("not hosts and ports: " + peers + ", " + clients);
    }
  }

  /** Reads what {@link #toString} gives; IllegalArgumentException when it is none. */
  public static MemberAddress parse(String text) {
    int blank = text.indexOf(' ');
    return blank < 0
        ? new MemberAddress(PeerAddress.parse(text), "")
        : new MemberAddress(PeerAddress.parse(text.substring(0, blank)), text.substring(blank + 1));
  }

  /** The address for peers, and after a blank the one for clients. */
  @Override
  public String toString() {
    return clients.isEmpty() ? peers.toString() : peers + " " + clients;
  }
}
