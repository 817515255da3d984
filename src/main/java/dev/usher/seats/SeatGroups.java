package dev.usher.seats;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.raft.Bytes;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/**
 * All seat groups of the cluster. An event, with its seats, holds and bookings, lives in the group
 * that the hash of its id names; so does a venue.
 */
public final class SeatGroups {
  private final List<Replica<SeatView>> groups;

  public SeatGroups(List<Replica<SeatView>> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("at least one seat group is needed");
    }
    this.groups = List.copyOf(groups);
  }

  public List<Replica<SeatView>> all() {
    return groups;
  }

  /** The group of an event or venue. */
  public Replica<SeatView> of(String id) {
    var crc = new CRC32C();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return groups.get((int) (crc.getValue() % groups.size()));
  }

  /**
   * Proposes a command to the group of its event or venue.
   *
   * @param requestKey see {@link Proposal}; the fingerprint is taken from the command
   */
  public CompletionStage<SeatOutcome> propose(
      String requestKey, SeatCommand command, Duration timeout) {
    byte[] bytes = command.toByteArray();
    var proposal = new Proposal(requestKey, sha256(bytes), Bytes.wrap(bytes));
    return of(SeatCommands.homeOf(command)).propose(proposal, timeout).thenApply(SeatGroups::read);
  }

  private static SeatOutcome read(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> read(done);
      case Outcome.Rejected rejected -> new SeatOutcome.Rejected(rejected.reason());
      case Outcome.Unknown unknown -> new SeatOutcome.Unknown();
    };
  }

  private static SeatOutcome read(Outcome.Done done) {
    try {
      var result = SeatResult.parseFrom(done.result().unsafeArray());
      return switch (result.getResultCase()) {
        case DONE -> new SeatOutcome.Applied(done.revision(), result.getDone());
        case REFUSAL -> new SeatOutcome.Refused(done.revision(), result.getRefusal());
        case RESULT_NOT_SET -> throw new IllegalStateException("empty answer to a seat command");
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("unreadable answer to a seat command", e);
    }
  }

  private static Bytes sha256(byte[] bytes) {
    try {
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
