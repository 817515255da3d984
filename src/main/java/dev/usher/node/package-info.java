/**
 * One node: configuration, wiring, lifecycle, cluster membership, operations port; also the build's
 * training run and the bare nodes of the engine's bench. Knows every room; no room knows it.
 */
@NullMarked
package dev.usher.node;

import org.jspecify.annotations.NullMarked;
