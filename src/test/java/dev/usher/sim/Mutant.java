package dev.usher.sim;

import dev.usher.raft.Configuration;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.HardState;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.RaftHooks;
import dev.usher.raft.Recovered;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Engines with one well-known bug each: a simulator that does not catch them proves nothing. */
public enum Mutant {
  /** The engine as it is. */
  NONE {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      return memory.core.step(now, input);
    }
  },

  /** Forgets at a restart whom it voted for (§5.1). */
  FORGETS_ITS_VOTE {
    @Override
    Recovered recovered(Recovered found) {
      return new Recovered(
          new HardState(found.hardState().term(), Optional.empty()),
          found.snapshot(),
          found.entries(),
          found.damagedUntil());
    }

    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      return memory.core.step(now, input);
    }
  },

  /** Believes its disk before it has answered (etcd#14370). */
  ANSWERS_BEFORE_ITS_DISK {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      if (input instanceof Input.Persisted) {
        return List.of();
      }
      List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
      for (int i = 0; i < outputs.size(); i++) {
        if (outputs.get(i) instanceof Output.Persist write) {
          outputs.addAll(memory.core.step(now, new Input.Persisted(write.sequence())));
        }
      }
      return outputs;
    }
  },

  /** Commits entries of earlier terms by counting copies (§5.4.2, figure 8). */
  COMMITS_PRIOR_TERMS_BY_COUNTING {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      List<Output> outputs = memory.core.step(now, input);
      if (memory.core.status().role() == Role.LEADER) {
        memory.remember(input);
        RaftHooks.commitTo(memory.core, memory.reached());
      }
      return outputs;
    }
  },

  /** Commits what the leader has committed, whether or not it has the same (copycat#265). */
  COMMITS_WITHOUT_MATCHING {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      List<Output> outputs = memory.core.step(now, input);
      if (input instanceof Input.Received received
          && received.message() instanceof Message.AppendRequest request
          && request.term() == memory.core.status().term()) {
        RaftHooks.commitTo(memory.core, request.leaderCommit());
      }
      return outputs;
    }
  },

  /** Cuts its log off after every request, conflict or not (akka-raft#66). */
  TRUNCATES_WITHOUT_CONFLICT {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      if (input instanceof Input.Received received
          && received.message() instanceof Message.AppendRequest request
          && request.term() == memory.core.status().term()
          && !request.entries().isEmpty()) {
        RaftHooks.truncateFrom(memory.core, request.prevIndex() + request.entries().size() + 1L);
      }
      return memory.core.step(now, input);
    }
  },

  /** Votes for anybody, however short its log (§5.4.1). */
  VOTES_FOR_SHORT_LOGS {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      Input changed = input;
      if (input
          instanceof
          Input.Received(NodeId from, DirectoryId directory, Message.VoteRequest asked)) {
        changed =
            new Input.Received(
                from,
                directory,
                new Message.VoteRequest(
                    asked.term(), Long.MAX_VALUE, Long.MAX_VALUE, asked.transfer()));
      } else if (input
          instanceof
          Input.Received(NodeId from, DirectoryId directory, Message.PreVoteRequest asked)) {
        changed =
            new Input.Received(
                from,
                directory,
                new Message.PreVoteRequest(asked.term(), Long.MAX_VALUE, Long.MAX_VALUE));
      }
      return memory.core.step(now, changed);
    }
  },

  /** Reads on the word of a leader that has asked nobody (§8). */
  READS_WITHOUT_A_ROUND {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      Status status = memory.core.status();
      if (input instanceof Input.Read read && status.role() == Role.LEADER) {
        return List.of(new Output.ReadReady(read.readId(), status.commitIndex()));
      }
      return memory.core.step(now, input);
    }
  },

  /** Takes every answer for a confirmation of the latest round (etcd#20418). */
  COUNTS_STALE_READ_ANSWERS {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      Input changed = input;
      if (input
              instanceof
              Input.Received(NodeId from, DirectoryId directory, Message.AppendSucceeded answer)
          && answer.term() == memory.core.status().term()) {
        changed =
            new Input.Received(
                from,
                directory,
                new Message.AppendSucceeded(answer.term(), answer.matchIndex(), memory.round));
      }
      List<Output> outputs = memory.core.step(now, changed);
      for (Output output : outputs) {
        if (output instanceof Output.Send(NodeId to, Message.AppendRequest request)) {
          memory.round = request.readRound();
        }
      }
      return outputs;
    }
  },

  /** Acknowledges its whole log instead of what it has compared (§5.3). */
  ACKNOWLEDGES_WITHOUT_MATCHING {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
      outputs.replaceAll(
          output ->
              output instanceof Output.Send(NodeId to, Message.AppendSucceeded answer)
                  ? new Output.Send(
                      to,
                      new Message.AppendSucceeded(
                          answer.term(), RaftHooks.durableIndex(memory.core), answer.readRound()))
                  : output);
      return outputs;
    }
  },

  /** Votes although it may have lost what it acknowledged (Protocol-Aware Recovery, FAST '18). */
  VOTES_WITH_A_DAMAGED_LOG {
    @Override
    Recovered recovered(Recovered found) {
      return new Recovered(
          found.hardState(), found.snapshot(), found.entries(), OptionalLong.empty());
    }

    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
      if (!memory.saidHealed) {
        memory.saidHealed = true;
        outputs.add(new Output.LogHealed());
      }
      return outputs;
    }
  },

  /** Takes a name for the node, whatever disk it has now (Ongaro 2015, KAFKA-20740). */
  COUNTS_A_WIPED_DISK {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      Input changed = input;
      if (input instanceof Input.Received received) {
        Configuration.Identity known = memory.core.configuration().members().get(received.from());
        if (known != null && known.directory().isKnown()) {
          changed = new Input.Received(received.from(), known.directory(), received.message());
        }
      }
      return memory.core.step(now, changed);
    }
  },

  /** Its state machine does a repeated request again (thesis §6.3); see SimMachine. */
  FORGETS_REQUESTS {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      return memory.core.step(now, input);
    }
  },

  /** Keeps conflicts to itself: nothing unsafe, but logs that differ never become equal. */
  NEVER_REFUSES {
    @Override
    List<Output> step(MutantMemory memory, Now now, Input input) {
      List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
      outputs.removeIf(
          output ->
              output instanceof Output.Send send
                  && send.message() instanceof Message.AppendRejected answer
                  && answer.rejectedPrevIndex() > 0);
      return outputs;
    }
  };

  /** As it is written on a command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Mutant> of(String option) {
    return Arrays.stream(values()).filter(mutant -> mutant.option().equals(option)).findFirst();
  }

  abstract List<Output> step(MutantMemory memory, Now now, Input input);

  /** What the engine is told that its disk holds. */
  Recovered recovered(Recovered found) {
    return found;
  }

  Engine wrap(RaftCore core, RaftConfig config) {
    if (this == NONE) {
      return Engine.of(core);
    }
    MutantMemory memory = new MutantMemory(core, config);
    return new Engine() {
      @Override
      public List<Output> step(Now now, Input input) {
        return Mutant.this.step(memory, now, input);
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
