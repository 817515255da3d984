/**
 * {@code usher demo}: the main job shown end to end on real processes, every printed figure taken
 * from real answers and checked. Knows the client and local clusters. Must never know a command
 * line, nor print a success that it did not check.
 */
@NullMarked
package dev.usher.cli.demo;

import org.jspecify.annotations.NullMarked;
