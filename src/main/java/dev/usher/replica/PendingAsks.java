package dev.usher.replica;

import dev.usher.raft.MembershipChange;
import dev.usher.raft.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who waits for the engine's answer to something else than a proposal: reads, changes of members,
 * transfers. Everybody is answered once.
 */
final class PendingAsks {
  private static final int TRANSFERS_MAX = 16;
  private static final int CHANGES_MAX = 16;

  private final Map<Long, RaftActor.Read> reads = new HashMap<>();
  private final Map<Long, Consumer<MembershipChange.Outcome>> changes = new HashMap<>();
  private final List<Consumer<TransferResult>> transfers = new ArrayList<>();

  void read(long id, RaftActor.Read read) {
    reads.put(id, read);
  }

  void ready(Output.ReadReady ready) {
    RaftActor.Read read = reads.remove(ready.readId());
    if (read != null) {
      read.ready().accept(ready.index());
    }
  }

  void rejected(Output.ReadRejected rejected) {
    RaftActor.Read read = reads.remove(rejected.readId());
    if (read != null) {
      read.rejected().run();
    }
  }

  /** False when too many wait: the asker is answered BUSY. */
  boolean change(long id, Consumer<MembershipChange.Outcome> reply) {
    if (changes.size() >= CHANGES_MAX) {
      reply.accept(MembershipChange.Outcome.BUSY);
      return false;
    }
    changes.put(id, reply);
    return true;
  }

  void answered(Output.MembershipAnswered answered) {
    Consumer<MembershipChange.Outcome> reply = changes.remove(answered.changeId());
    if (reply != null) {
      reply.accept(answered.outcome());
    }
  }

  /** False when too many wait: the asker is answered ABORTED. */
  boolean transfer(Consumer<TransferResult> reply) {
    if (transfers.size() >= TRANSFERS_MAX) {
      reply.accept(TransferResult.ABORTED);
      return false;
    }
    transfers.add(reply);
    return true;
  }

  void endTransfers(TransferResult result) {
    transfers.forEach(reply -> reply.accept(result));
    transfers.clear();
  }

  /** The group is stopped: nothing will be answered any more. */
  void lose() {
    reads.values().forEach(read -> read.rejected().run());
    reads.clear();
    changes.values().forEach(reply -> reply.accept(MembershipChange.Outcome.UNKNOWN));
    changes.clear();
    endTransfers(TransferResult.ABORTED);
  }
}
