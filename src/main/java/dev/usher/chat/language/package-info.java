/**
 * What a language file says: intents with their templates, slots, synonyms, replies, read and
 * checked. Knows the JDK and the YAML reader. Must never know a conversation, a catalogue or an
 * actor.
 */
@NullMarked
package dev.usher.chat.language;

import org.jspecify.annotations.NullMarked;
