/**
 * Saved snapshots: the parts that a group's state is given out in, the file that {@code usher
 * snapshot save} makes of them, its checks, what is in it, and the data directory of a new cluster
 * that is made of some. Knows {@code raft}, {@code raft.log} and {@code replica}, and what {@code
 * seats} and {@code directory} replicate. Must never know a running node: everything here happens
 * to files.
 */
@NullMarked
package dev.usher.backup;

import org.jspecify.annotations.NullMarked;
