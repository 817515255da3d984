package dev.usher.sim;

import dev.usher.raft.Configuration;
import dev.usher.raft.HardState;
import dev.usher.raft.Input;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.Recovered;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Engines with one well-known bug each: a simulator that does not catch them proves nothing. */
public enum Mutant {
  /** The engine as it is. */
  NONE(Mutant::unchanged),

  /** Forgets at a restart whom it voted for (§5.1). */
  FORGETS_ITS_VOTE(Mutant::unchanged, FaultKind.CRASH),

  /** Believes its disk before it has answered (etcd#14370). */
  ANSWERS_BEFORE_ITS_DISK(PaperBugs::answersBeforeItsDisk),

  /** Commits entries of earlier terms by counting copies (§5.4.2, figure 8). */
  COMMITS_PRIOR_TERMS_BY_COUNTING(PaperBugs::commitsPriorTermsByCounting),

  /** Commits what the leader has committed, whether or not it has the same (copycat#265). */
  COMMITS_WITHOUT_MATCHING(PaperBugs::commitsWithoutMatching),

  /** Cuts its log off after every request, conflict or not (akka-raft#66). */
  TRUNCATES_WITHOUT_CONFLICT(PaperBugs::truncatesWithoutConflict),

  /** Votes for anybody, however short its log (§5.4.1). */
  VOTES_FOR_SHORT_LOGS(PaperBugs::votesForShortLogs),

  /** Reads on the word of a leader that has asked nobody (§8). */
  READS_WITHOUT_A_ROUND(PaperBugs::readsWithoutARound),

  /** Takes every answer for a confirmation of the latest round (etcd#20418). */
  COUNTS_STALE_READ_ANSWERS(PaperBugs::countsStaleReadAnswers, FaultKind.LATE_LEADER),

  /** Acknowledges its whole log instead of what it has compared (§5.3). */
  ACKNOWLEDGES_WITHOUT_MATCHING(PaperBugs::acknowledgesWithoutMatching),

  /** Votes although it may have lost what it acknowledged (Protocol-Aware Recovery, FAST '18). */
  VOTES_WITH_A_DAMAGED_LOG(HealingBugs::votesWithADamagedLog),

  /** Takes the place that a heartbeat names for the end of its leader's log. */
  TAKES_A_HEARTBEAT_FOR_THE_ANSWER(HealingBugs::takesAHeartbeatForTheAnswer, FaultKind.DAMAGE),

  /** Asks its leader for the commit index instead of the end of its log. */
  HEALS_UP_TO_THE_COMMIT_INDEX(
      HealingBugs::healsUpToTheCommitIndex, FaultKind.DAMAGE, FaultKind.DISK_HANG),

  /** Takes a name for the node, whatever disk it has now (Ongaro 2015, KAFKA-20740). */
  COUNTS_A_WIPED_DISK(PaperBugs::countsAWipedDisk, FaultKind.WIPE),

  /** Its state machine does a repeated request again (thesis §6.3); see SimMachine. */
  FORGETS_REQUESTS(Mutant::unchanged),

  /** Keeps conflicts to itself: nothing unsafe, but logs that differ never become equal. */
  NEVER_REFUSES(PaperBugs::neverRefuses),

  /** Commits what the new half of a joint configuration has, without the old one (§6). */
  COMMITS_BY_THE_NEW_HALF_ALONE(MemberBugs::commitsByTheNewHalfAlone, FaultKind.MEMBERS),

  /** Takes a learner's acknowledgement for a voter's (thesis §4.2.1). */
  COUNTS_LEARNERS(MemberBugs::countsLearners),

  /**
   * Changes voters at once, without a joint configuration and one change on top of another (§6).
   */
  CHANGES_TWICE_AT_ONCE(MemberBugs::changesTwiceAtOnce, FaultKind.MEMBERS, FaultKind.SPLIT),

  /** Changes voters at once before it has committed anything in its term (Ongaro 2015). */
  CHANGES_BEFORE_ITS_FIRST_COMMIT(
      MemberBugs::changesBeforeItsFirstCommit, FaultKind.MEMBERS, FaultKind.ISOLATE_LEADER),

  /** Keeps a configuration that was truncated (§6). */
  KEEPS_A_TRUNCATED_CONFIGURATION(
      MemberBugs::keepsATruncatedConfiguration, FaultKind.MEMBERS, FaultKind.ISOLATE_LEADER),

  /** Counts its lease from the answers instead of from the questions (thesis §6.4.1). */
  COUNTS_ITS_LEASE_FROM_THE_ANSWER(LeaseBugs::countsItsLeaseFromTheAnswer),

  /** Keeps its lease when it tells another to campaign (thesis §6.4.1). */
  KEEPS_ITS_LEASE_AFTER_A_TRANSFER(LeaseBugs::keepsItsLeaseAfterATransfer, FaultKind.TRANSFER),

  /** Names its snapshot after the commit index instead of what was applied (etcd#13766). */
  NAMES_SNAPSHOTS_BY_THE_COMMIT_INDEX(SnapshotBugs::namesSnapshotsByTheCommitIndex),

  /** Acknowledges an installed snapshot before its log on disk begins with it (§7). */
  ACKNOWLEDGES_A_SNAPSHOT_BEFORE_ITS_DISK(SnapshotBugs::acknowledgesASnapshotBeforeItsDisk),

  /** Takes a compacted place for a conflict (openraft#511). */
  TAKES_PURGED_FOR_CONFLICT(SnapshotBugs::takesPurgedForConflict),

  /** Takes a snapshot while it installs another (lerna#111). */
  TAKES_A_SNAPSHOT_WHILE_INSTALLING(SnapshotBugs::takesASnapshotWhileInstalling),

  /** Its snapshots are without the requests that were answered (thesis §6.3); see SimMachine. */
  FORGETS_REQUESTS_IN_SNAPSHOTS(Mutant::unchanged);

  private static final Set<Mutant> LEASED =
      EnumSet.of(COUNTS_ITS_LEASE_FROM_THE_ANSWER, KEEPS_ITS_LEASE_AFTER_A_TRANSFER);

  /** One step of an engine with a bug. */
  private interface Bug {
    List<Output> step(MutantMemory memory, Now now, Input input);
  }

  private final Bug bug;
  private final List<FaultKind> broughtOutBy;

  /**
   * @param broughtOutBy faults that every run with the bug has plenty of, where it is a rare one
   */
  Mutant(Bug bug, FaultKind... broughtOutBy) {
    this.bug = bug;
    this.broughtOutBy = List.of(broughtOutBy);
  }

  /** What a seed draws, with more of that which brings the bug out. */
  Parameters bringOut(Parameters drawn) {
    Parameters more = drawn;
    for (FaultKind kind : broughtOutBy) {
      more = more.withMore(kind);
    }
    return LEASED.contains(this) ? more.withLease() : more;
  }

  private static List<Output> unchanged(MutantMemory memory, Now now, Input input) {
    return memory.core.step(now, input);
  }

  /** As it is written on a command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Mutant> of(String option) {
    return Arrays.stream(values()).filter(mutant -> mutant.option().equals(option)).findFirst();
  }

  /** What the engine is told that its disk holds. */
  Recovered recovered(Recovered found) {
    boolean votes = this != FORGETS_ITS_VOTE;
    boolean damage = this != VOTES_WITH_A_DAMAGED_LOG;
    return new Recovered(
        votes ? found.hardState() : new HardState(found.hardState().term(), Optional.empty()),
        found.snapshot(),
        found.entries(),
        damage ? found.damagedUntil() : OptionalLong.empty());
  }

  Engine wrap(RaftCore core, RaftConfig config) {
    if (this == NONE) {
      return Engine.of(core);
    }
    MutantMemory memory = new MutantMemory(core, config);
    return new Engine() {
      @Override
      public List<Output> step(Now now, Input input) {
        return bug.step(memory, now, input);
      }

      @Override
      public Status status() {
        return core.status();
      }

      @Override
      public Role role() {
        return core.status().role();
      }

      @Override
      public Configuration configuration() {
        return core.configuration();
      }
    };
  }
}
