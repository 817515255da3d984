package dev.usher.raft;

/** Ways to do to an engine what its rules forbid: for the simulator's mutants only. */
public final class RaftHooks {
  private RaftHooks() {}

  /** Commits as if somebody had counted wrongly. */
  public static void commitTo(RaftCore core, long index) {
    core.member.commitTo(Math.min(index, core.member.log.lastIndex()));
  }

  /** Cuts the uncommitted end of the log off, as if there had been a conflict. */
  public static void truncateFrom(RaftCore core, long index) {
    if (index > core.member.commitIndex() && index <= core.member.log.lastIndex()) {
      core.member.truncateFrom(index);
    }
  }

  /** What this node has on its own disk. */
  public static long durableIndex(RaftCore core) {
    return core.member.durability.durableIndex();
  }
}
