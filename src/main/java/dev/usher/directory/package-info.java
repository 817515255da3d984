/**
 * What the system log means: accounts, sessions, payment methods, the events of persistent actors.
 * Knows {@code replica}. Must never read a clock or hash a password: what it needs comes in with
 * the command.
 */
@NullMarked
package dev.usher.directory;

import org.jspecify.annotations.NullMarked;
