/**
 * {@code bin/usher}: every command, tables and JSON, progress, exit codes; local clusters, the demo
 * and the bench. Knows the public gRPC API only, as any client does. Must never reach into a node.
 */
@NullMarked
package dev.usher.cli;

import org.jspecify.annotations.NullMarked;
