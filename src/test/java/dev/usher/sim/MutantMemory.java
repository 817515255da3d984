package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.RaftHooks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a mutant needs to know of one life of a node. */
final class MutantMemory {
  final RaftCore core;
  private final RaftConfig config;
  private final Map<NodeId, Long> matches = new HashMap<>();
  private long term;

  /** The latest read round that was sent. */
  long round;

  boolean saidHealed;

  MutantMemory(RaftCore core, RaftConfig config) {
    this.core = core;
    this.config = config;
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

  long reached() {
    long[] all = new long[config.voters().size()];
    int i = 0;
    for (NodeId voter : config.voters()) {
      all[i++] =
          voter.equals(config.self())
              ? RaftHooks.durableIndex(core)
              : matches.getOrDefault(voter, 0L);
    }
    Arrays.sort(all);
    return all[(all.length - 1) / 2];
  }
}
