/**
 * The clustered actor system of a node: how it finds its peers, joins or forms a cluster, and comes
 * back after it was downed. Knows Pekko Cluster and who leads the system group. Must never decide
 * anything that a log decides: a cluster that is gone or split costs time, not truth.
 */
@NullMarked
package dev.usher.node.membership;

import org.jspecify.annotations.NullMarked;
