package dev.usher.shards;

/**
 * Marks what may travel between nodes to and from sharded actors: bound to Jackson CBOR in {@code
 * usher-cluster.conf}. Records of texts, numbers, lists, optionals, actor references and protobuf
 * messages work as they are; a field of a sealed type needs {@code @JsonTypeInfo}.
 */
public interface CborSerializable {}
