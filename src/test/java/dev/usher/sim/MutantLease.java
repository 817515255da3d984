package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A leader's lease as a mutant keeps it: nothing but its end of time ends it. */
final class MutantLease {
  private final RaftConfig config;
  private final Map<Long, Long> begunMs = new HashMap<>();
  private final Map<Long, Set<NodeId>> heard = new HashMap<>();
  private long term;
  private long endsMs;

  MutantLease(RaftConfig config) {
    this.config = config;
  }

  boolean holds(long now, long nowMs) {
    return now == term && nowMs < endsMs;
  }

  void step(RaftCore core, long nowMs, Input input, Iterable<Output> outputs, boolean fromNow) {
    if (core.status().term() != term) {
      term = core.status().term();
      endsMs = 0;
      begunMs.clear();
      heard.clear();
    }
    for (Output output : outputs) {
      if (output instanceof Output.Send send
          && send.message() instanceof Message.AppendRequest request) {
        begunMs.putIfAbsent(request.readRound(), nowMs);
      }
    }
    if (input instanceof Input.Received received
        && received.message() instanceof Message.AppendSucceeded answer
        && answer.term() == term
        && core.configuration().recognizes(received.from(), received.directory())
        && core.configuration().voters().contains(received.from())) {
      Set<NodeId> round = heard.computeIfAbsent(answer.readRound(), number -> new HashSet<>());
      round.add(received.from());
      if (2 * (round.size() + 1) > core.configuration().voters().size()) {
        long from = fromNow ? nowMs : begunMs.getOrDefault(answer.readRound(), 0L);
        endsMs = Math.max(endsMs, from + config.leaseMs());
      }
    }
  }
}
