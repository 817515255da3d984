/**
 * What a person sees: tables, the map of seats, progress, colours, prompts. Knows strings and the
 * API's messages. Must never call a node, so that everything printed can be tested as text.
 */
@NullMarked
package dev.usher.cli.term;

import org.jspecify.annotations.NullMarked;
