/**
 * A Pekko Persistence journal and snapshot store whose store is the replicated {@code directory}
 * group: durable on a majority, without a database. Knows {@code directory} and {@code replica}.
 * Must never know what an event means.
 */
@NullMarked
package dev.usher.journal;

import org.jspecify.annotations.NullMarked;
