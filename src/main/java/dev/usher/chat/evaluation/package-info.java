/**
 * Measures the understanding on files of labelled utterances and writes what it found. Knows {@code
 * chat.language} and {@code chat.understanding}. Must never be needed by a node that serves.
 */
@NullMarked
package dev.usher.chat.evaluation;

import org.jspecify.annotations.NullMarked;
