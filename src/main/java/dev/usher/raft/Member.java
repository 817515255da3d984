package dev.usher.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This node as a member of its group: what outlives a change of role. Roles read and change it; it
 * collects what a step has to put out.
 *
 * <p>Invariants: applied ≤ commit index ≤ last index; term, commit index and applied index never go
 * back; a vote is given once in a term.
 */
final class Member {
  /** How many entries one {@link Output.Apply} brings at most. */
  private static final int MAX_APPLY_ENTRIES = 1024;

  final RaftConfig config;
  final LogView log;
  final Durability durability;
  final Membership membership;
  final Compactor compactor;
  final Healing healing;
  private final RandomGenerator random;

  private long term;
  private @Nullable NodeId vote;
  private long commitIndex;
  private long appliedIndex;

  private Now now;
  private long awakeMs;
  private RoleState role;
  private long leaderHeardMs;
  private List<Output> outputs = new ArrayList<>();

  Member(RaftConfig config, Recovered recovered, RandomGenerator random, Now start) {
    this.config = config;
    this.random = random;
    SnapshotMeta snapshot = recovered.snapshot().orElse(null);
    log = startOf(snapshot, recovered.entries());
    durability = new Durability(log);
    membership = new Membership(config, recovered);
    compactor = new Compactor(this, snapshot);
    healing = new Healing(this, recovered.damagedUntil(), recovered.hardState().term());
    commitIndex = snapshot == null ? 0 : snapshot.lastIndex();
    appliedIndex = commitIndex;
    term = recovered.hardState().term();
    vote = recovered.hardState().vote().orElse(null);
    now = start;
    awakeMs = start.monotonicMs();
    // What it promised before it stopped it does not know: with leases it waits a promise's length.
    leaderHeardMs = start.monotonicMs() - (config.hasLease() ? 0 : config.electionTimeoutMinMs());
    Invariant.check(
        term >= log.lastTerm(),
        "the recovered term is not behind the recovered log (term, last term)",
        term,
        log.lastTerm());
    role = new Follower(this);
  }

  private static LogView startOf(@Nullable SnapshotMeta snapshot, List<Entry> entries) {
    return snapshot == null
        ? new LogView(entries)
        : new LogView(snapshot.lastIndex(), snapshot.lastTerm(), snapshot.lastTimeMs(), entries);
  }

  long term() {
    return term;
  }

  @Nullable NodeId vote() {
    return vote;
  }

  NodeId self() {
    return config.self();
  }

  long commitIndex() {
    return commitIndex;
  }

  /**
   * The time for everything that this node waits for in vain. A step that comes late counts as one
   * heartbeat: while the node stood still (its processor, collector or host had other work) it
   * could not hear what now lies before its door, so nobody else was silent. Never ahead of {@link
   * #clockMs}.
   */
  long nowMs() {
    return awakeMs;
  }

  /** The monotonic clock, for what was promised to others: they did not stand still. */
  long clockMs() {
    return now.monotonicMs();
  }

  long wallMs() {
    return now.wallMs();
  }

  RoleState role() {
    return role;
  }

  long appliedIndex() {
    return appliedIndex;
  }

  /** The outputs of the step that ends; the list is the caller's. */
  List<Output> takeOutputs() {
    List<Output> taken = outputs;
    outputs = new ArrayList<>();
    return taken;
  }

  void startStep(Now at) {
    Invariant.check(
        at.monotonicMs() >= now.monotonicMs(),
        "monotonic time never goes back (now, before)",
        at.monotonicMs(),
        now.monotonicMs());
    awakeMs += Math.min(at.monotonicMs() - now.monotonicMs(), config.heartbeatMs());
    now = at;
  }

  void emit(Output output) {
    outputs.add(output);
  }

  void send(NodeId to, Message message) {
    outputs.add(new Output.Send(to, message));
  }

  // ---- roles ----

  void become(RoleState next) {
    Invariant.check(
        Transitions.isLegal(role.role(), next.role()),
        "only legal changes of role happen (from, to)",
        role.role(),
        next.role());
    role.leave();
    role = next;
    next.enter();
  }

  void becomeFollower() {
    become(new Follower(this));
  }

  /** A newer term was seen: nobody has this node's vote in it yet (§5.1). */
  void adoptTerm(long newer) {
    Invariant.check(newer > term, "terms only grow (new, current)", newer, term);
    term = newer;
    vote = null;
    durability.hardState(new HardState(term, Optional.empty()));
    becomeFollower();
  }

  /** Gives this node's one vote in the current term; a promise only once it is durable. */
  void voteFor(NodeId candidate) {
    if (candidate.equals(vote)) {
      return;
    }
    Invariant.check(
        vote == null, "one vote in a term (given to, asked by)", String.valueOf(vote), candidate);
    vote = candidate;
    durability.hardState(new HardState(term, Optional.of(candidate)));
  }

  /** Starts a term of its own with this node's vote for itself (§5.2). */
  void startOwnTerm() {
    term++;
    vote = config.self();
    durability.hardState(new HardState(term, Optional.of(config.self())));
  }

  // ---- time ----

  /** A fresh random election timeout, so that split votes are rare and do not repeat (§5.2). */
  long drawElectionTimeoutMs() {
    return random.nextLong(config.electionTimeoutMinMs(), config.electionTimeoutMaxMs());
  }

  /** A number to start a counter from, which an earlier life of this node will not have used. */
  long drawTicketStart() {
    return random.nextLong();
  }

  void heardLeader() {
    leaderHeardMs = now.monotonicMs();
  }

  /**
   * Leader stickiness (thesis §4.2.3): a leader, of whatever term, was heard within the shortest
   * election timeout. A leader believes in itself; check-quorum ends that belief. Leases rest on
   * this, so a newer term that was heard of meanwhile does not end it.
   */
  boolean believesInLeader() {
    return role.role() == Role.LEADER
        || now.monotonicMs() - leaderHeardMs < config.electionTimeoutMinMs();
  }

  /**
   * May this node stand for election? Not one whose disk can promise nothing, nor one that may lack
   * what it acknowledged, nor one that is no voter.
   */
  boolean mayCampaign() {
    return !isDiskStuck() && !healing.isUnderWay() && membership.isSelfVoter();
  }

  /** The disk has not answered for an election timeout: this node can promise nothing. */
  boolean isDiskStuck() {
    return durability.isStuck(nowMs(), config.electionTimeoutMaxMs());
  }

  // ---- log ----

  void append(Entry entry) {
    log.append(entry);
    membership.appended(entry);
    durability.appended(entry.index());
  }

  void truncateFrom(long index) {
    Invariant.check(
        index > commitIndex,
        "what is committed is never truncated (from, commit index)",
        index,
        commitIndex);
    durability.truncatingFrom(index);
    log.truncateFrom(index);
    membership.truncatedFrom(index);
  }

  void commitTo(long index) {
    if (index > commitIndex) {
      Invariant.check(
          index <= log.lastIndex(),
          "what is committed is in the log (commit index, last index)",
          index,
          log.lastIndex());
      commitIndex = index;
    }
  }

  /** Hands out what is committed and on this node's own disk, so that no restart can undo it. */
  void applyCommitted() {
    if (compactor.isInstalling()) {
      return;
    }
    long limit = Math.min(commitIndex, durability.durableIndex());
    while (appliedIndex < limit) {
      long end = Math.min(limit, appliedIndex + MAX_APPLY_ENTRIES);
      List<Entry> entries = log.slice(appliedIndex + 1, end);
      emit(new Output.Apply(entries));
      compactor.applied(entries);
      appliedIndex = end;
    }
  }

  /** The state machine has just become the snapshot's. */
  void startFrom(SnapshotMeta snapshot) {
    commitIndex = Math.max(commitIndex, snapshot.lastIndex());
    appliedIndex = snapshot.lastIndex();
  }
}
