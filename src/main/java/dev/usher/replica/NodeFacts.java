package dev.usher.replica;

/**
 * What a node's status tells and this room does not know.
 *
 * @param clusterAddress of the clustered actor system while it is Up, else empty
 * @param membership its membership status, for people
 * @param callsUnderWay calls of clients that this node is answering
 */
public record NodeFacts(
    String clusterAddress, String membership, long uptimeSeconds, long callsUnderWay) {
  public static final NodeFacts NONE = new NodeFacts("", "", 0, 0);
}
