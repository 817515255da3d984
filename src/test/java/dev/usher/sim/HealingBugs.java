package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import java.util.ArrayList;
import java.util.List;

/** Bugs of a node whose log was damaged, and of its leader; {@link Mutant} says what each is. */
final class HealingBugs {
  private HealingBugs() {}

  static List<Output> votesWithADamagedLog(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    if (!memory.saidHealed) {
      memory.saidHealed = true;
      outputs.add(new Output.LogHealed());
    }
    return outputs;
  }

  static List<Output> takesAHeartbeatForTheAnswer(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>();
    if (input
            instanceof
            Input.Received(NodeId from, DirectoryId directory, Message.AppendRequest request)
        && request.entries().isEmpty()) {
      outputs.addAll(
          memory.core.step(
              now,
              new Input.Received(
                  from,
                  directory,
                  new Message.LogEndResponse(request.term(), memory.ticket, request.prevIndex()))));
    }
    outputs.addAll(memory.core.step(now, input));
    for (Output output : outputs) {
      if (output instanceof Output.Send(NodeId to, Message.LogEndRequest asked)) {
        memory.ticket = asked.ticket();
      }
    }
    return outputs;
  }

  static List<Output> healsUpToTheCommitIndex(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    outputs.replaceAll(
        output ->
            output instanceof Output.Send(NodeId to, Message.LogEndResponse answer)
                ? new Output.Send(
                    to,
                    new Message.LogEndResponse(
                        answer.term(), answer.ticket(), memory.core.status().commitIndex()))
                : output);
    return outputs;
  }
}
