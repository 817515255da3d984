/**
 * {@code bin/usher}: every command, its options, what it prints and its exit code. Knows the public
 * gRPC API only, as any client does, and the rooms below it (client, term, local, demo, bench).
 * Must never reach into a node.
 */
@NullMarked
package dev.usher.cli;

import org.jspecify.annotations.NullMarked;
