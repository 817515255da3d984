/**
 * {@code bin/usher}: every command, its options, what it prints and its exit code. Knows the public
 * gRPC API, as any client does, the rooms below it (client, term, local, demo, bench, load), {@code
 * backup}'s files, and {@code chat}'s understanding, which chat-eval measures without a node. Must
 * never reach into a node.
 */
@NullMarked
package dev.usher.cli;

import org.jspecify.annotations.NullMarked;
