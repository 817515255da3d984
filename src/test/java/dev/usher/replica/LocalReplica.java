package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A replica without Raft, for the tests of other rooms: one state machine behind the same {@link
 * StateMachineHost} (envelope, log time, request table), every proposal committed at once, in
 * order. Everything is complete when the call returns. Safe for any thread.
 */
public final class LocalReplica<V> implements Replica<V> {
  /** 2026-01-01T00:00:00Z, where every log begins until {@link #setTime} says otherwise. */
  public static final long START_MS = 1_767_225_600_000L;

  private static final NodeId SELF = new NodeId("node-1");

  private final GroupId group;
  private StateMachineHost<V> host;
  private final List<Bytes> applied = new ArrayList<>();
  private long wallMs = START_MS;
  private long logTimeMs = START_MS;
  private boolean available = true;

  public LocalReplica(GroupId group, StateMachine<V> machine) {
    this.group = group;
    this.host = new StateMachineHost<>(new Recording<>(machine, applied));
  }

  @Override
  public GroupId group() {
    return group;
  }

  @Override
  public synchronized CompletionStage<Outcome> propose(Proposal proposal, Duration timeout) {
    return CompletableFuture.completedFuture(
        available
            ? append(EnvelopeCodec.encode(proposal))
            : new Outcome.Rejected(Outcome.Reason.NO_LEADER));
  }

  @Override
  public synchronized <R> CompletionStage<R> read(Function<V, R> query, Duration timeout) {
    return available
        ? readStale(query)
        : CompletableFuture.failedFuture(new UnavailableException(group));
  }

  @Override
  public synchronized <R> CompletionStage<R> readStale(Function<V, R> query) {
    return CompletableFuture.completedFuture(query.apply(host.view()));
  }

  @Override
  public synchronized boolean isLeader() {
    return available;
  }

  @Override
  public synchronized Optional<NodeId> leader() {
    return available ? Optional.of(SELF) : Optional.empty();
  }

  /** While false, proposals find no leader and reads fail, as when a quorum is lost. */
  public synchronized void setAvailable(boolean available) {
    this.available = available;
  }

  /**
   * Sets the leader's clock, in milliseconds since 1970, and lets log time advance when the state
   * machine has something due. Log time never goes back, whatever the clock does.
   */
  public synchronized void setTime(long ms) {
    wallMs = ms;
    OptionalLong deadlineMs = host.nextDeadlineMs();
    if (deadlineMs.isPresent() && deadlineMs.getAsLong() <= ms) {
      append(EnvelopeCodec.TIME_ADVANCE);
    }
  }

  public synchronized void advanceTime(Duration step) {
    setTime(wallMs + step.toMillis());
  }

  /** The leader's clock, in milliseconds since 1970. */
  public synchronized long time() {
    return wallMs;
  }

  /**
   * The commands that reached the state machine, in order; repeated requests are not among them.
   */
  public synchronized List<Bytes> applied() {
    return List.copyOf(applied);
  }

  /**
   * As when a snapshot is installed: from now on everything is on a machine that was empty and got
   * what this one wrote into a snapshot, the answers to requests included.
   */
  public synchronized void reinstall(StateMachine<V> empty) {
    var installed = new StateMachineHost<>(new Recording<>(empty, applied));
    installed.restore(host.snapshot());
    if (!installed.digest().equals(host.digest())) {
      throw new AssertionError("a snapshot of " + group + " changes what is in it");
    }
    host = installed;
  }

  /** A follower that has come as far as this: it goes on by itself. */
  public synchronized LocalReplica<V> copy(StateMachine<V> empty) {
    var copy = new LocalReplica<>(group, empty);
    copy.host.restore(host.snapshot());
    return copy;
  }

  private Outcome append(Bytes payload) {
    logTimeMs = Math.max(logTimeMs, wallMs);
    return host.apply(
        new Entry(1, host.appliedIndex() + 1, logTimeMs, Entry.Kind.COMMAND, payload));
  }

  private record Recording<V>(StateMachine<V> machine, List<Bytes> applied)
      implements StateMachine<V> {
    @Override
    public Bytes apply(long index, long timeMs, Bytes command) {
      applied.add(command);
      return machine.apply(index, timeMs, command);
    }

    @Override
    public void advance(long index, long timeMs) {
      machine.advance(index, timeMs);
    }

    @Override
    public void complete(long index) {
      machine.complete(index);
    }

    @Override
    public OptionalLong nextDeadlineMs() {
      return machine.nextDeadlineMs();
    }

    @Override
    public Iterator<Bytes> snapshot() {
      return machine.snapshot();
    }

    @Override
    public void restore(Iterator<Bytes> pieces) {
      machine.restore(pieces);
    }

    @Override
    public Bytes digest() {
      return machine.digest();
    }

    @Override
    public V view() {
      return machine.view();
    }
  }
}
