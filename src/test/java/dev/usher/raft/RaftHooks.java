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

  /** The term at a place of the log, -1 where it is not known. */
  public static long term(RaftCore core, long index) {
    LogView log = core.member.log;
    return index >= log.baseIndex() && index <= log.lastIndex() ? log.term(index) : -1;
  }

  /** Where the log in memory begins. */
  public static long baseIndex(RaftCore core) {
    return core.member.log.baseIndex();
  }

  /** A leader's change of the members in one step, whatever else is under way. */
  public static void changeAtOnce(RaftCore core, MembershipChange change) {
    Configuration now = core.configuration();
    NodeId node = change.node();
    Configuration next =
        switch (change) {
          case MembershipChange.AddLearner add ->
              now.isMember(node) ? now : now.withLearner(node, add.identity());
          case MembershipChange.Promote promote ->
              now.learners().contains(node) ? now.promoting(node).settled() : now;
          case MembershipChange.Remove remove ->
              now.voters().contains(node) && now.voters().size() > 1
                  ? now.removing(node).settled()
                  : now;
        };
    if (!next.equals(now) && core.member.role() instanceof Leader leader) {
      leader.configure(next);
    }
  }

  /** Puts a configuration into effect that is in the log no more. */
  public static void appendedConfiguration(RaftCore core, Entry entry) {
    core.member.membership.appended(entry);
  }

  /** The members that an entry of the log names. */
  public static Configuration configuration(Entry entry) {
    return ConfigurationText.decode(entry.payload());
  }
}
