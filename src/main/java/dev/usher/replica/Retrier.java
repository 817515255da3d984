package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The slow path of a {@link GroupReplica}: whatever was not settled at the first try waits here for
 * a leader, is tried again, and ends when its time is up.
 */
final class Retrier extends AbstractBehavior<Retrier.Command> {
  sealed interface Command {}

  /** There was no leader to try this at. */
  record NoLeader(Attempt attempt) implements Command {}

  /** The try of this round came to nothing. */
  record Unsettled(ProposalAttempt attempt, int round, Fate fate) implements Command {}

  record ReadRejected(Attempt attempt, int round) implements Command {}

  enum LeaderChanged implements Command {
    NOW
  }

  private enum Sweep implements Command {
    NOW
  }

  /** What the retrier needs of its replica. */
  interface Tries {
    /** All that is under way. */
    Iterable<Attempt> underWay();

    /** Tries at the leader; false when none is known. */
    boolean attempt(Attempt attempt);

    /** Ends an attempt whose time is up. */
    void expire(Attempt attempt);

    void complete(ProposalAttempt attempt, Outcome outcome);

    Optional<NodeId> leader();
  }

  private static final Duration SWEEP_EVERY = Duration.ofMillis(20);

  private final Tries tries;
  private final Clock clock;
  private final long tryTimeoutMs;
  private final Set<Attempt> waiting = new LinkedHashSet<>();

  private Retrier(ActorContext<Command> context, Tries tries, Clock clock, long tryTimeoutMs) {
    super(context);
    this.tries = tries;
    this.clock = clock;
    this.tryTimeoutMs = tryTimeoutMs;
  }

  /**
   * The retrier of one replica.
   *
   * @param tryTimeoutMs after which a try without an answer is taken for lost
   */
  static Behavior<Command> create(Tries tries, Clock clock, long tryTimeoutMs) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Sweep.NOW, SWEEP_EVERY);
                  return new Retrier(context, tries, clock, tryTimeoutMs);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::on).build();
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case NoLeader none -> waiting.add(none.attempt());
      case Unsettled unsettled -> unsettled(unsettled);
      case ReadRejected rejected -> {
        if (rejected.round() == rejected.attempt().round()) {
          waitForLeader(rejected.attempt());
        }
      }
      case LeaderChanged changed -> sweep();
      case Sweep sweep -> sweep();
    }
    return this;
  }

  private void unsettled(Unsettled unsettled) {
    ProposalAttempt attempt = unsettled.attempt();
    if (unsettled.round() != attempt.round()) {
      return;
    }
    switch (unsettled.fate()) {
      case Fate.Settled settled -> tries.complete(attempt, settled.outcome());
      case Fate.NotLeader notLeader -> waitForLeader(attempt);
      case Fate.Overloaded overloaded -> refused(attempt, Outcome.Reason.OVERLOADED);
      case Fate.DiskFull diskFull -> refused(attempt, Outcome.Reason.DISK_FULL);
      case Fate.Lost lost -> {
        attempt.lost();
        if (attempt.isKeyed()) {
          waitForLeader(attempt);
        } else {
          tries.complete(attempt, new Outcome.Unknown());
        }
      }
    }
  }

  private void refused(ProposalAttempt attempt, Outcome.Reason reason) {
    if (attempt.mayBeInLog()) {
      waitForLeader(attempt);
    } else {
      tries.complete(attempt, new Outcome.Rejected(reason));
    }
  }

  private void waitForLeader(Attempt attempt) {
    attempt.waitForLeader();
    waiting.add(attempt);
  }

  private void sweep() {
    long nowMs = clock.now().monotonicMs();
    for (Attempt attempt : tries.underWay()) {
      if (attempt.isExpired(nowMs)) {
        waiting.remove(attempt);
        tries.expire(attempt);
      } else if (isLost(attempt, nowMs)) {
        waitForLeader(attempt);
      }
    }
    Iterator<Attempt> each = waiting.iterator();
    while (each.hasNext()) {
      Attempt attempt = each.next();
      if (attempt.isDone() || attempt.isExpired(nowMs) || tries.attempt(attempt)) {
        each.remove();
      }
    }
  }

  /** Gives a try up that will hardly be answered; a proposal without a key only ever waits. */
  private boolean isLost(Attempt attempt, long nowMs) {
    NodeId triedAt = attempt.triedAt();
    if (triedAt == null) {
      return false;
    }
    boolean isOverdue = nowMs - attempt.triedAtMs() > tryTimeoutMs;
    return switch (attempt) {
      case ReadAttempt<?, ?> read -> isOverdue;
      case ProposalAttempt proposal -> {
        Optional<NodeId> leader = tries.leader();
        boolean isElsewhere = leader.isPresent() && !leader.get().equals(triedAt);
        if (!proposal.isKeyed() || !(isOverdue || isElsewhere)) {
          yield false;
        }
        proposal.lost();
        yield true;
      }
    };
  }
}
