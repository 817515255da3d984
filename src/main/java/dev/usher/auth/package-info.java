/**
 * Who is calling: passwords, sessions, lockout, roles, behind {@code AuthActor}. Knows {@code
 * directory}. Must never let a password or a token reach a log line.
 */
@NullMarked
package dev.usher.auth;

import org.jspecify.annotations.NullMarked;
