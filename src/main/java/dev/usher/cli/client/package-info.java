/**
 * The client side of the public gRPC API: one call, tried at one node after the other until its
 * deadline. Knows the generated messages and grpc-java. Must never know a command, a terminal or a
 * process, so that the demo, the bench and the tests call through it as {@code bin/usher} does.
 */
@NullMarked
package dev.usher.cli.client;

import org.jspecify.annotations.NullMarked;
