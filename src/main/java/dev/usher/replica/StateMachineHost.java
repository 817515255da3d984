package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.replica.proto.SnapshotHeader;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The deterministic part around a {@link StateMachine}: opens the envelope, moves log time on,
 * answers a request that was seen before from the {@link RequestTable}. The same entries give the
 * same answers and the same state on every node. Used by one thread.
 *
 * @param <V> the state machine's view
 */
final class StateMachineHost<V> {
  private final StateMachine<V> machine;
  private final RequestTable requests = new RequestTable();
  private long appliedIndex;
  private long timeMs = Long.MIN_VALUE;

  StateMachineHost(StateMachine<V> machine) {
    this.machine = machine;
  }

  /**
   * Applies the next entry; {@code entry.index()} must follow the one before without a gap.
   *
   * @return {@code Done}, with the original revision when the request was applied before, or {@code
   *     REQUEST_ID_REUSED}. Bytes that are no envelope change nothing and are {@code Done} with an
   *     empty result: an entry that cannot be read must not stop the log (sofa-jraft#1246)
   */
  Outcome apply(Entry entry) {
    if (entry.index() != appliedIndex + 1) {
      throw new IllegalStateException(
          "entry " + entry.index() + " cannot follow applied index " + appliedIndex);
    }
    appliedIndex = entry.index();
    timeMs = Math.max(timeMs, entry.timeMs());
    machine.advance(appliedIndex, timeMs);
    requests.expire(timeMs);
    Outcome outcome =
        switch (entry.kind()) {
          case NO_OP, CONFIGURATION -> nothing();
          case COMMAND -> EnvelopeCodec.decode(entry.payload()).map(this::answer).orElse(nothing());
        };
    machine.complete(appliedIndex);
    return outcome;
  }

  private Outcome answer(Proposal proposal) {
    if (proposal.command().isEmpty()) {
      return nothing();
    }
    if (proposal.requestKey().isEmpty()) {
      return new Outcome.Done(appliedIndex, command(proposal));
    }
    Optional<RequestTable.Answer> earlier = requests.find(proposal.requestKey());
    if (earlier.isPresent()) {
      return repeat(earlier.get(), proposal);
    }
    Bytes result = command(proposal);
    requests.put(
        proposal.requestKey(),
        new RequestTable.Answer(proposal.fingerprint(), appliedIndex, result, timeMs));
    return new Outcome.Done(appliedIndex, result);
  }

  private static Outcome repeat(RequestTable.Answer earlier, Proposal proposal) {
    return earlier.fingerprint().equals(proposal.fingerprint())
        ? new Outcome.Done(earlier.revision(), earlier.result())
        : new Outcome.Rejected(Outcome.Reason.REQUEST_ID_REUSED);
  }

  private Bytes command(Proposal proposal) {
    return machine.apply(appliedIndex, timeMs, proposal.command());
  }

  private Outcome nothing() {
    return new Outcome.Done(appliedIndex, Bytes.EMPTY);
  }

  /**
   * Everything that the entries applied so far have made, the applied index included: what is
   * restored from it goes on with the next entry. See {@link StateMachine#snapshot}.
   */
  Iterator<Bytes> snapshot() {
    return SnapshotPieces.encode(appliedIndex, timeMs, requests.copy(), machine.snapshot());
  }

  /**
   * Puts everything in its place that {@link #snapshot} gave.
   *
   * @throws IllegalArgumentException when the pieces are not of such a snapshot; nothing may be
   *     applied after that
   */
  void restore(Iterator<Bytes> pieces) {
    SnapshotHeader header = SnapshotPieces.header(pieces);
    requests.clear();
    for (int i = 0; i < header.getRequestCount(); i++) {
      SnapshotPieces.answer(pieces, requests);
    }
    machine.restore(pieces);
    appliedIndex = header.getAppliedIndex();
    timeMs = header.getTimeMillis();
  }

  Bytes digest() {
    return machine.digest();
  }

  /** The index of the last applied entry, 0 before the first. */
  long appliedIndex() {
    return appliedIndex;
  }

  /** Log time of that entry, milliseconds since 1970. */
  long timeMs() {
    return timeMs;
  }

  OptionalLong nextDeadlineMs() {
    return machine.nextDeadlineMs();
  }

  V view() {
    return machine.view();
  }
}
