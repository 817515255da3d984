package dev.usher.chat.model;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Moment;
import dev.usher.chat.language.SlotId;
import java.util.List;
import java.util.Set;

/** A sentence to learn from. */
record Example(IntentId intent, Moment moment, Set<SlotId> requested, List<String> items) {}
