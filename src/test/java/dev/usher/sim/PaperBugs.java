package dev.usher.sim;

import dev.usher.raft.Configuration;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftHooks;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.ArrayList;
import java.util.List;

/** Bugs in elections, replication, reads and the disk's part; {@link Mutant} says what each is. */
final class PaperBugs {
  private PaperBugs() {}

  static List<Output> answersBeforeItsDisk(MutantMemory memory, Now now, Input input) {
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

  static List<Output> commitsPriorTermsByCounting(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = memory.core.step(now, input);
    if (memory.core.status().role() == Role.LEADER) {
      memory.remember(input);
      RaftHooks.commitTo(memory.core, memory.reached());
    }
    return outputs;
  }

  static List<Output> commitsWithoutMatching(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = memory.core.step(now, input);
    if (input instanceof Input.Received received
        && received.message() instanceof Message.AppendRequest request
        && request.term() == memory.core.status().term()) {
      RaftHooks.commitTo(memory.core, request.leaderCommit());
    }
    return outputs;
  }

  static List<Output> truncatesWithoutConflict(MutantMemory memory, Now now, Input input) {
    if (input instanceof Input.Received received
        && received.message() instanceof Message.AppendRequest request
        && request.term() == memory.core.status().term()
        && !request.entries().isEmpty()) {
      RaftHooks.truncateFrom(memory.core, request.prevIndex() + request.entries().size() + 1L);
    }
    return memory.core.step(now, input);
  }

  static List<Output> votesForShortLogs(MutantMemory memory, Now now, Input input) {
    Input changed = input;
    if (input
        instanceof Input.Received(NodeId from, DirectoryId directory, Message.VoteRequest asked)) {
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

  static List<Output> readsWithoutARound(MutantMemory memory, Now now, Input input) {
    Status status = memory.core.status();
    if (input instanceof Input.Read read && status.role() == Role.LEADER) {
      return List.of(new Output.ReadReady(read.readId(), status.commitIndex()));
    }
    return memory.core.step(now, input);
  }

  static List<Output> countsStaleReadAnswers(MutantMemory memory, Now now, Input input) {
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

  static List<Output> acknowledgesWithoutMatching(MutantMemory memory, Now now, Input input) {
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

  static List<Output> countsAWipedDisk(MutantMemory memory, Now now, Input input) {
    Input changed = input;
    if (input instanceof Input.Received received) {
      Configuration.Identity known = memory.core.configuration().members().get(received.from());
      if (known != null && known.directory().isKnown()) {
        changed = new Input.Received(received.from(), known.directory(), received.message());
      }
    }
    return memory.core.step(now, changed);
  }

  static List<Output> neverRefuses(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    outputs.removeIf(
        output ->
            output instanceof Output.Send send
                && send.message() instanceof Message.AppendRejected answer
                && answer.rejectedPrevIndex() > 0);
    return outputs;
  }
}
