/**
 * What the assistant does about a message: forms, read-backs, confirmations, words; pure steps that
 * an actor carries out. Knows {@code chat.understanding}, {@code seats} values and {@code booking}
 * values. Must never book or cancel without a yes to exactly what was read back.
 */
@NullMarked
package dev.usher.chat.dialogue;

import org.jspecify.annotations.NullMarked;
