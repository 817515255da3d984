package dev.usher.sim;

import static dev.usher.sim.SimFailure.check;

import dev.usher.raft.Entry;
import dev.usher.raft.Output;
import dev.usher.raft.RaftHooks;
import dev.usher.raft.Role;
import dev.usher.raft.Status;

/** The rules for changes of the members (§6, Ongaro 2015), checked where they are written down. */
final class MemberSafety {
  private MemberSafety() {}

  /** Before the node's view changes. */
  static void asked(SimNode node, Output.Persist write) {
    for (Entry entry : write.entries()) {
      Status status = node.engine.status();
      if (entry.kind() == Entry.Kind.CONFIGURATION
          && status.role() == Role.LEADER
          && entry.term() == status.term()) {
        check(
            node.view.term(status.commitIndex()) == status.term(),
            "members change only after a commit in the leader's own term",
            node.id,
            entry);
        check(
            node.view.configuration().map(Entry::index).orElse(0L) <= status.commitIndex(),
            "one change of the members at a time",
            node.id,
            entry);
      }
    }
  }

  /** After the node's view has changed: the latest configuration in its log is in effect. */
  static void written(SimNode node, Output.Persist write) {
    if (write.truncateFrom().isPresent()) {
      node.view
          .configuration()
          .filter(latest -> latest.index() > node.view.snapshotIndex())
          .ifPresent(
              latest ->
                  check(
                      node.engine.configuration().equals(RaftHooks.configuration(latest)),
                      "the latest configuration in the log is in effect",
                      node.id,
                      node.engine.configuration()));
    }
  }
}
