package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.replica.TimedQueue;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.DeleteHold;
import dev.usher.seats.proto.ExtendHold;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.HoldState;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatResult;
import dev.usher.seats.proto.SeatSnapshotPiece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Seats reserved for a while. A hold ends by log time (G10), by its owner, or by becoming a
 * booking. One that expired is remembered, without any claim to its seats, so that a late payment
 * may still find them free.
 */
final class Holds {
  private final Events events;
  // For look-ups only: what has an order is in the queues.
  private final Map<Key, HoldRecord> live = new HashMap<>();
  private final Map<Key, HoldRecord> expired = new HashMap<>();
  private final TimedQueue<Key> expiries = new TimedQueue<>();
  private final TimedQueue<Key> forgets = new TimedQueue<>();

  Holds(Events events) {
    this.events = events;
  }

  SeatResult create(long index, long timeMs, CreateHold command) {
    var event = events.find(command.getEventId());
    if (event.isEmpty()) {
      return Answers.refused(Answers.notFound(Names.event(command.getEventId())));
    }
    var key = new Key(command.getEventId(), command.getHoldId());
    var there = live.get(key);
    if (there != null) {
      return repeated(key, there, command);
    }
    var problem = check(event.get(), command);
    if (problem.isPresent()) {
      return Answers.refused(problem.get());
    }
    return switch (HoldSeats.of(event.get(), index, command)) {
      case HoldSeats.None none -> Answers.refused(none.refusal());
      case HoldSeats.Found found -> {
        forget(key);
        yield Answers.done(hold(event.get(), key, index, timeMs, command, found.seatIds()));
      }
    };
  }

  private static SeatResult repeated(Key key, HoldRecord there, CreateHold command) {
    boolean same =
        there.getUserId().equals(command.getUserId())
            && there.getBest().equals(command.getBest())
            && (command.hasBest() || there.getSeatIdsList().equals(command.getSeatIdsList()));
    var name = Names.hold(key);
    return same
        ? Answers.done(there)
        : Answers.refused(
            Answers.about(
                SeatReason.REQUEST_ID_REUSED, name, "There is another " + name + " already."));
  }

  private static Optional<Refusal> check(LiveEvent event, CreateHold command) {
    return Checks.ids("hold_id", command.getHoldId(), "user_id", command.getUserId())
        .or(() -> checkTtl(command.getTtlMillis()))
        .or(event::checkOnSale);
  }

  private static Optional<Refusal> checkTtl(long ttlMs) {
    if (ttlMs < 0) {
      return Checks.malformed("ttl_millis", "a hold lives for some time, or 0 for the default");
    }
    long limitMs = SeatLimits.HOLD_TTL.toMillis();
    return ttlMs <= limitMs
        ? Optional.empty()
        : Optional.of(
            Answers.refusal(
                SeatReason.HOLD_MAX_TTL,
                "A hold lives " + SeatLimits.HOLD_TTL.toMinutes() + " minutes at most.",
                "limit",
                Long.toString(limitMs)));
  }

  private HoldRecord hold(
      LiveEvent event, Key key, long index, long timeMs, CreateHold command, List<String> seatIds) {
    long ttlMs =
        command.getTtlMillis() == 0
            ? SeatLimits.HOLD_TTL_DEFAULT.toMillis()
            : command.getTtlMillis();
    var builder =
        HoldRecord.newBuilder()
            .setEventId(key.eventId())
            .setHoldId(key.id())
            .setUserId(command.getUserId())
            .addAllSeatIds(seatIds)
            .setTotalMinor(event.seats().total(seatIds))
            .setCurrency(event.currency())
            .setExpireTimeMillis(timeMs + ttlMs)
            .setCreateTimeMillis(timeMs)
            .setRevision(index)
            .setAdjacent(event.seats().adjacent(seatIds));
    if (command.hasBest()) {
      builder.setBest(command.getBest());
    }
    var record = builder.build();
    event.seats().hold(record.getSeatIdsList(), key.id(), index);
    put(key, record);
    return record;
  }

  private void put(Key key, HoldRecord hold) {
    live.put(key, hold);
    expiries.add(hold.getExpireTimeMillis(), key);
  }

  /**
   * Lets a hold live on, {@link SeatLimits#HOLD_TTL} from its beginning at most: extending it again
   * and again keeps nobody's seats for ever. What is over stays over.
   */
  SeatResult extend(long index, long timeMs, ExtendHold command) {
    if (command.getTtlMillis() < 0) {
      return Answers.refused(Answers.malformed("ttl_millis", "not below 0"));
    }
    var key = new Key(command.getEventId(), command.getHoldId());
    var hold = live.get(key);
    if (hold == null) {
      return Answers.refused(Answers.holdExpired(key.id(), List.of(), index));
    }
    if (!hold.getUserId().equals(command.getUserId())) {
      return Answers.refused(Answers.notFound(Names.hold(key)));
    }
    long mostMs = SeatLimits.HOLD_TTL.toMillis();
    long endMs =
        Math.min(
            timeMs + Math.min(command.getTtlMillis(), mostMs), hold.getCreateTimeMillis() + mostMs);
    if (endMs <= hold.getExpireTimeMillis()) {
      return Answers.done(hold);
    }
    var longer = hold.toBuilder().setExpireTimeMillis(endMs).setRevision(index).build();
    take(key, hold);
    put(key, longer);
    return Answers.done(longer);
  }

  /** Only the owner learns whether there is such a hold. */
  SeatResult delete(long index, DeleteHold command) {
    var event = events.find(command.getEventId());
    if (event.isEmpty()) {
      return Answers.refused(Answers.notFound(Names.event(command.getEventId())));
    }
    var key = new Key(command.getEventId(), command.getHoldId());
    var hold = live.get(key);
    if (hold == null) {
      forgetIfOwnedBy(key, command.getUserId());
      return Answers.done();
    }
    if (!hold.getUserId().equals(command.getUserId())) {
      return Answers.refused(Answers.notFound(Names.hold(key)));
    }
    event.get().seats().free(hold.getSeatIdsList(), key.id(), index);
    take(key, hold);
    return Answers.done();
  }

  Optional<HoldRecord> find(Key key) {
    return Optional.ofNullable(live.get(key));
  }

  /** A hold that expired within {@link SeatLimits#EXPIRED_HOLD_MEMORY}. */
  Optional<HoldRecord> findExpired(Key key) {
    return Optional.ofNullable(expired.get(key));
  }

  /** The hold became a booking: it ends, live or expired; its seats are the caller's business. */
  void end(Key key) {
    var hold = live.get(key);
    if (hold != null) {
      take(key, hold);
    }
    forget(key);
  }

  private void take(Key key, HoldRecord hold) {
    live.remove(key);
    expiries.remove(hold.getExpireTimeMillis(), key);
  }

  /** Frees the seats of every hold whose time is at or before {@code timeMs}. */
  void expire(long index, long timeMs) {
    expiries.drainDue(timeMs, key -> expire(index, key));
    forgets.drainDue(timeMs, expired::remove);
    while (expired.size() > SeatLimits.EXPIRED_HOLDS) {
      forgets.pollFirst().ifPresent(expired::remove);
    }
  }

  private void expire(long index, Key key) {
    var hold = found(live, key);
    live.remove(key);
    events.get(key.eventId()).seats().free(hold.getSeatIdsList(), key.id(), index);
    expired.put(key, hold);
    forgets.add(forgetTimeMs(hold), key);
  }

  private void forgetIfOwnedBy(Key key, String userId) {
    findExpired(key).filter(hold -> hold.getUserId().equals(userId)).ifPresent(h -> forget(key));
  }

  private void forget(Key key) {
    var hold = expired.remove(key);
    if (hold != null) {
      forgets.remove(forgetTimeMs(hold), key);
    }
  }

  private static long forgetTimeMs(HoldRecord hold) {
    return hold.getExpireTimeMillis() + SeatLimits.EXPIRED_HOLD_MEMORY.toMillis();
  }

  /**
   * When the next hold expires. Forgetting is not counted: nobody can tell whether it happens at
   * its time or with the next entry, so it needs no entry of its own.
   */
  OptionalLong nextExpiryMs() {
    return expiries.firstTimeMs();
  }

  Stream<SeatSnapshotPiece> snapshot() {
    return Stream.concat(
        snapshot(expiries, live, false).stream(), snapshot(forgets, expired, true).stream());
  }

  private static List<SeatSnapshotPiece> snapshot(
      TimedQueue<Key> queue, Map<Key, HoldRecord> holds, boolean expired) {
    List<SeatSnapshotPiece> pieces = new ArrayList<>(queue.size());
    queue.forEach(
        due ->
            pieces.add(
                SeatSnapshotPiece.newBuilder()
                    .setHold(
                        HoldState.newBuilder().setHold(found(holds, due.key())).setExpired(expired))
                    .build()));
    return pieces;
  }

  void restore(HoldState state) {
    var hold = state.getHold();
    var key = new Key(hold.getEventId(), hold.getHoldId());
    if (state.getExpired()) {
      expired.put(key, hold);
      forgets.add(forgetTimeMs(hold), key);
    } else {
      put(key, hold);
    }
  }

  void clear() {
    live.clear();
    expired.clear();
    expiries.clear();
    forgets.clear();
  }

  void digest(StateDigest digest) {
    digest(digest, expiries, live);
    digest(digest, forgets, expired);
  }

  private static void digest(
      StateDigest digest, TimedQueue<Key> queue, Map<Key, HoldRecord> holds) {
    digest.add(queue.size());
    queue.forEach(due -> digest.add(due.timeMs()).add(found(holds, due.key())));
  }

  private static HoldRecord found(Map<Key, HoldRecord> holds, Key key) {
    var hold = holds.get(key);
    if (hold == null) {
      throw new IllegalStateException("queued, yet not there: " + Names.hold(key));
    }
    return hold;
  }
}
