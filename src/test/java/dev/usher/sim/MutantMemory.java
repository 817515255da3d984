package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.RaftHooks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a mutant needs to know of one life of a node. */
final class MutantMemory {
  final RaftCore core;
  final RaftConfig config;
  final MutantLease lease;
  private final Map<NodeId, Long> matches = new HashMap<>();
  private long term;

  /** The latest read round that was sent. */
  long round;

  boolean saidHealed;

  /** The ticket under which this life asked where the leader's log ends. */
  long ticket;

  /** The latest configuration that was written. */
  Entry configuration;

  /** The last index that was given to apply. */
  long applied;

  MutantMemory(RaftCore core, RaftConfig config) {
    this.core = core;
    this.config = config;
    lease = new MutantLease(config);
  }

  void remember(Input input) {
    if (core.status().term() != term) {
      term = core.status().term();
      matches.clear();
    }
    if (input
            instanceof
            Input.Received(NodeId from, DirectoryId directory, Message.AppendSucceeded answer)
        && answer.term() == term) {
      matches.merge(from, answer.matchIndex(), Math::max);
    }
  }

  /** What a majority of the voters that it started with has. */
  long reached() {
    return reached(config.voters(), config.voters().size());
  }

  /** What more than half as many as there are voters have, of these. */
  long reached(Set<NodeId> counted, int voters) {
    long[] all = new long[counted.size()];
    int i = 0;
    for (NodeId node : counted) {
      all[i++] =
          node.equals(config.self())
              ? RaftHooks.durableIndex(core)
              : matches.getOrDefault(node, 0L);
    }
    Arrays.sort(all);
    int quorum = voters / 2 + 1;
    return all.length < quorum ? 0 : all[all.length - quorum];
  }

  boolean hasCommittedInTerm() {
    return RaftHooks.term(core, core.status().commitIndex()) == core.status().term();
  }
}
