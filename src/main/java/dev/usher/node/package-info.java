/**
 * One node: configuration, wiring, lifecycle, cluster membership, operations port. Knows every
 * room; no room knows it.
 */
@NullMarked
package dev.usher.node;

import org.jspecify.annotations.NullMarked;
