/**
 * The assistant: understanding, conversations, words. Knows {@code seats} reads and {@code
 * booking}. Must never act without a yes to exactly what was read back, and never read a clock in
 * understanding.
 */
@NullMarked
package dev.usher.chat;

import org.jspecify.annotations.NullMarked;
