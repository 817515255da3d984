/**
 * The assistant: conversations as sharded, persistent actors, and what they read and hold. Knows
 * {@code seats}, {@code booking}, the {@code journal} and its own inner rooms: {@code language},
 * {@code model}, {@code understanding}, {@code dialogue}, {@code evaluation}. Must never act
 * without a yes to exactly what was read back, and never read a clock in understanding.
 */
@NullMarked
package dev.usher.chat;

import org.jspecify.annotations.NullMarked;
