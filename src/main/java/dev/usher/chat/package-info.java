/**
 * The assistant: conversations as sharded actors, and what they read. Knows {@code seats} reads,
 * {@code booking} and its own inner rooms: {@code language}, {@code understanding}, {@code
 * dialogue}. Must never act without a yes to exactly what was read back, and never read a clock in
 * understanding.
 */
@NullMarked
package dev.usher.chat;

import org.jspecify.annotations.NullMarked;
