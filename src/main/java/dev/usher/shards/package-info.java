/**
 * Where the sharded actors live: on the node where their first request came in, or, when that node
 * is gone, on a survivor. Knows Pekko Cluster and the names of nodes. Must never know what a saga
 * or a conversation is.
 */
@NullMarked
package dev.usher.shards;

import org.jspecify.annotations.NullMarked;
