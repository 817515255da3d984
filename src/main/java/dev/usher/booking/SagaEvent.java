package dev.usher.booking;

import dev.usher.shards.CborSerializable;

/**
 * What a saga writes down. Everything else about it can be found out again: from the seat group,
 * which decides, and from the provider, which is asked and never guessed at. So a booking costs one
 * journal write before money is touched, and a share of a deletion afterwards.
 *
 * <p>Versions: a change that Jackson can't bridge gets a {@code JacksonMigration} in {@code
 * usher-cluster.conf}, as {@link IntendedMigration}.
 */
sealed interface SagaEvent extends CborSerializable {
  record Intended(Intent intent) implements SagaEvent {}

  /** The end: kept for 24 hours, so that a repeat gets the same answer (G7). */
  record Declined(String declineCode, String message) implements SagaEvent {}
}
