/**
 * A cluster of real processes on this machine: configuration files, secrets, ports, start, kill,
 * restart, stop. Knows processes, files and the operations port. Must never end a process that it
 * did not start, and must never know what the nodes are used for.
 */
@NullMarked
package dev.usher.cli.local;

import org.jspecify.annotations.NullMarked;
