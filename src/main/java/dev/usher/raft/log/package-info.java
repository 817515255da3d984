/**
 * The durable write-ahead log of a node, shared by all its groups: segments, checksums, recovery,
 * one fsync for all that queued meanwhile. Knows the values of {@code raft} and the file system,
 * through {@code Disk}. Must never know actors or what an entry means.
 */
@NullMarked
package dev.usher.raft.log;

import org.jspecify.annotations.NullMarked;
