package dev.usher.sim;

import dev.usher.raft.Configuration;
import dev.usher.raft.Input;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftCore;
import dev.usher.raft.Role;
import dev.usher.raft.Status;
import java.util.List;

/** What runs on a simulated node: the real engine, or a mutant around it. */
interface Engine {
  List<Output> step(Now now, Input input);

  Status status();

  Role role();

  Configuration configuration();

  static Engine of(RaftCore core) {
    return new Engine() {
      @Override
      public List<Output> step(Now now, Input input) {
        return core.step(now, input);
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
