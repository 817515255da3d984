package dev.usher.replica;

import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proposals of one node to one group: gathered, proposed together, and then waiting, by index,
 * until it is decided what has their place; from then on they wait with the state machine. Each is
 * bound to the term in which it got that place: what is decided there in another term is somebody
 * else's entry.
 *
 * <p>Answers run on an executor, not on the group's own thread: what a caller hangs on a future
 * must not hold up the consensus.
 */
final class PendingProposals {
  private record Placed(long term, Consumer<Fate> reply) {}

  private final List<Input.Propose> gathered = new ArrayList<>();
  private final Map<Long, Consumer<Fate>> proposed = new HashMap<>();
  private final Map<Long, Placed> byIndex = new HashMap<>();
  // Entries that were decided while somebody waited here, until they are applied.
  private final AtomicInteger applying = new AtomicInteger();
  private final int max;
  private final Executor callbacks;

  PendingProposals(int max, Executor callbacks) {
    this.max = max;
    this.callbacks = callbacks;
  }

  boolean isFull() {
    return byIndex.size() + applying.get() >= max;
  }

  /** True when it is the first of those that will be proposed together. */
  boolean gather(long id, RaftActor.Propose propose) {
    proposed.put(id, propose.reply());
    gathered.add(new Input.Propose(id, propose.envelope()));
    return gathered.size() == 1;
  }

  Input.ProposeAll takeGathered() {
    Input.ProposeAll all = new Input.ProposeAll(gathered);
    gathered.clear();
    return all;
  }

  void accepted(Output.ProposalAccepted accepted) {
    Consumer<Fate> reply = proposed.remove(accepted.proposalId());
    if (reply == null) {
      return;
    }
    Placed before = byIndex.put(accepted.index(), new Placed(accepted.term(), reply));
    if (before != null) {
      // This node truncated it and leads again: whoever waits asks the request table.
      answer(before.reply(), new Fate.Lost());
    }
  }

  void rejected(Output.ProposalRejected rejected) {
    Consumer<Fate> reply = proposed.remove(rejected.proposalId());
    if (reply != null) {
      answer(
          reply,
          switch (rejected.reason()) {
            case NOT_LEADER, TRANSFERRING -> new Fate.NotLeader();
            case OVERLOADED -> new Fate.Overloaded();
          });
    }
  }

  /**
   * Takes out whoever waits for these entries, which are decided.
   *
   * @return to be called once, on any thread, with what the entries came to, in their order
   */
  Consumer<List<Outcome>> decided(List<Entry> entries) {
    if (byIndex.isEmpty()) {
      return outcomes -> {};
    }
    List<@Nullable Placed> waiting = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      waiting.add(byIndex.remove(entry.index()));
    }
    int taken = entries.size();
    applying.addAndGet(taken);
    return outcomes -> {
      applying.addAndGet(-taken);
      callbacks.execute(() -> settle(entries, waiting, outcomes));
    };
  }

  private static void settle(
      List<Entry> entries, List<@Nullable Placed> waiting, List<Outcome> outcomes) {
    for (int i = 0; i < entries.size(); i++) {
      Placed placed = waiting.get(i);
      if (placed != null) {
        placed
            .reply()
            .accept(
                placed.term() == entries.get(i).term()
                    ? new Fate.Settled(outcomes.get(i))
                    : new Fate.NotLeader());
      }
    }
  }

  /** A snapshot took the place of the entries up to this index: nobody here applied them. */
  void skippedTo(long lastIndex) {
    for (Iterator<Map.Entry<Long, Placed>> each = byIndex.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Long, Placed> placed = each.next();
      if (placed.getKey() <= lastIndex) {
        each.remove();
        answer(placed.getValue().reply(), new Fate.Lost());
      }
    }
  }

  /** Gives up on all that were placed in another term than {@code term}. */
  void loseAllBut(long term) {
    Iterator<Placed> each = byIndex.values().iterator();
    while (each.hasNext()) {
      Placed placed = each.next();
      if (placed.term() != term) {
        each.remove();
        answer(placed.reply(), new Fate.Lost());
      }
    }
  }

  void answer(Consumer<Fate> reply, Fate fate) {
    callbacks.execute(() -> reply.accept(fate));
  }
}
