package dev.usher.directory;

import java.time.Duration;

/** What the directory accepts at most. */
public final class DirectoryLimits {
  public static final int USERS = 1_000_000;

  /** One more ends the account's oldest session. */
  public static final int SESSIONS_PER_USER = 100;

  /** One more is refused: forgetting a card without being asked would surprise its owner. */
  public static final int PAYMENT_METHODS_PER_USER = 20;

  public static final Duration SESSION_LIFETIME = Duration.ofDays(90);

  /** Characters in an id. */
  public static final int ID_LENGTH = 128;

  /** Characters in an address (RFC 5321 §4.5.3.1.3, without the angle brackets). */
  public static final int EMAIL_LENGTH = 254;

  /** Characters in a display name, an encoded hash, a role or a brand. */
  public static final int TEXT_LENGTH = 500;

  public static final int ROLES_PER_USER = 20;

  /** Failures in a row before the account locks. */
  public static final int LOGIN_FAILURES_FREE = 5;

  /** The first lockout; each further failure doubles it. */
  public static final Duration LOCKOUT_FIRST = Duration.ofSeconds(1);

  public static final Duration LOCKOUT_LONGEST = Duration.ofMinutes(15);

  /** Persistent actors that the journal knows, with events or not long without. */
  public static final int JOURNAL_IDS = 1_000_000;

  /** Characters in a persistence id. */
  public static final int JOURNAL_ID_LENGTH = 255;

  /** Events of one persistent actor; it deletes some, or can write no more. */
  public static final int JOURNAL_EVENTS_PER_ID = 10_000;

  /** Bytes of one event, all of it. */
  public static final int JOURNAL_EVENT_BYTES = 256 << 10;

  /** Bytes of the events of one write, which is one log entry. */
  public static final int JOURNAL_WRITE_BYTES = 2 << 20;

  /** One more is refused: which one is dispensable, the actor knows. */
  public static final int JOURNAL_SNAPSHOTS_PER_ID = 16;

  public static final int JOURNAL_SNAPSHOT_BYTES = 1 << 20;

  /** Bytes of all events and snapshots: they are in every node's memory. */
  public static final long JOURNAL_BYTES = 256L << 20;

  /**
   * How long the highest sequence number of an actor without events and snapshots is kept: longer
   * than any copy of it can live on unnoticed.
   */
  public static final Duration JOURNAL_MEMORY = Duration.ofHours(1);

  private DirectoryLimits() {}
}
