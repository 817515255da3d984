/**
 * The linear model of a language: its features, its training from the language's own templates, its
 * file. Knows {@code chat.language}. Must never see a catalogue, a clock or a real message's
 * history; training reads nothing but the language.
 */
@NullMarked
package dev.usher.chat.model;

import org.jspecify.annotations.NullMarked;
