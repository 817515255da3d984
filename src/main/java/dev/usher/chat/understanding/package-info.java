/**
 * What a message means: tokens, values, the best template, a score; pure functions of the words,
 * the language, the catalogue, the day and what was asked. Knows {@code chat.language} and {@code
 * seats} values. Must never read a clock, remember anything or decide what to do.
 */
@NullMarked
package dev.usher.chat.understanding;

import org.jspecify.annotations.NullMarked;
