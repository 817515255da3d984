package dev.usher.shards;

import dev.usher.raft.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The two halves of an entity id {@code <node>~<rest>}, and the names of shards. A shard {@code
 * <node>-<k>} holds the entities of one home node whose {@code rest} hashes to {@code k}.
 */
record HomeId(NodeId home, String rest) {
  static final int SHARDS_PER_NODE = 8;
  static final NodeId NOWHERE = new NodeId("nowhere");

  private static final char ENTITY = '~';
  private static final char WARM_UP = '!';

  /** The id of an entity that nobody asks for: starting it starts shard {@code k} of the node. */
  static String warmUp(NodeId home, int k) {
    return home.value() + WARM_UP + k;
  }

  static boolean isWarmUp(String entityId) {
    int at = entityId.indexOf(ENTITY);
    int warm = entityId.indexOf(WARM_UP);
    return warm >= 0 && (at < 0 || warm < at);
  }

  static HomeId parse(String entityId) {
    int at = entityId.indexOf(ENTITY);
    if (at < 0) {
      throw new IllegalArgumentException("an entity id is <node>~<rest>: '" + entityId + "'");
    }
    return new HomeId(new NodeId(entityId.substring(0, at)), entityId.substring(at + 1));
  }

  String entityId() {
    return home.value() + ENTITY + rest;
  }

  /** The shard of an entity; the same on every node and every JVM. */
  static String shardOf(String entityId) {
    if (isWarmUp(entityId)) {
      int at = entityId.indexOf(WARM_UP);
      return entityId.substring(0, at) + '-' + entityId.substring(at + 1);
    }
    var id = parse(entityId);
    return id.home().value() + '-' + hash(id.rest()) % SHARDS_PER_NODE;
  }

  /** The home node of a shard. */
  static NodeId homeOfShard(String shardId) {
    return new NodeId(shardId.substring(0, shardId.lastIndexOf('-')));
  }

  static long hash(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
