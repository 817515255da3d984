package dev.usher.seats;

import java.time.Duration;

/** What a seat group accepts at most; beyond a limit a command is refused, nothing is cut off. */
public final class SeatLimits {
  /** The largest concert halls and arenas' seated floors have fewer. */
  public static final int SEATS_PER_PLAN = 20_000;

  public static final int CATEGORIES_PER_PLAN = 100;
  public static final int REPAIRS_PER_VENUE = 100;
  public static final int VENUES_PER_GROUP = 10_000;
  public static final int EVENTS_PER_GROUP = 10_000;

  /** What an event may set as its own limit of seats in one hold or booking. */
  public static final int SEATS_PER_BOOKING = 100;

  /** What an event that sets none has. */
  public static final int SEATS_PER_BOOKING_DEFAULT = 10;

  /** Characters in an id: the last segment of a resource name. */
  public static final int ID_LENGTH = 128;

  /** Characters in a display name, city, section, category or repair. */
  public static final int TEXT_LENGTH = 500;

  /** Characters in the name of a row or the number of a seat. */
  public static final int LABEL_LENGTH = 60;

  /** Minor units; with {@link #SEATS_PER_BOOKING} no total can overflow a long. */
  public static final long PRICE_MINOR = 1_000_000_000_000L;

  public static final Duration HOLD_TTL_DEFAULT = Duration.ofMinutes(15);
  public static final Duration HOLD_TTL = Duration.ofHours(2);

  /**
   * How long an expired hold is remembered, so that a payment that took longer than the hold still
   * gets its seats when nobody else wants them (docs/booking.md §2, row 14).
   */
  public static final Duration EXPIRED_HOLD_MEMORY = Duration.ofHours(24);

  /** Expired holds remembered at most; beyond, the one that expired first is forgotten early. */
  public static final int EXPIRED_HOLDS = 100_000;

  /**
   * How long a refused or fenced booking without debts is remembered: far longer than any proposal
   * lives and than a request id is good for (24 h).
   */
  public static final Duration REFUSED_BOOKING_MEMORY = Duration.ofDays(7);

  private SeatLimits() {}
}
