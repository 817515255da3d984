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

  private DirectoryLimits() {}
}
