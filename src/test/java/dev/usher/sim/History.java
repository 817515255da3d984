package dev.usher.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the clients saw of the seats, and whether it is linearizable (Herlihy &amp; Wing 1990):
 * every operation took effect at one moment between its call and its answer. Checked seat by seat,
 * which is enough, by the search of Wing &amp; Gong with Lowe's memory of states that were visited.
 *
 * <p>Every swap brings a value of its own. So one without an answer whose value nobody ever saw may
 * be left out: if it took effect, nothing after it on that seat was seen either.
 */
final class History {
  private static final long NEVER = Long.MAX_VALUE;

  /** One operation; of a read {@code value} is 0. */
  static final class Operation {
    final int seat;
    final long value;
    final long calledUs;
    long answeredUs = NEVER;
    long result;

    Operation(int seat, long value, long calledUs) {
      this.seat = seat;
      this.value = value;
      this.calledUs = calledUs;
    }

    boolean isRead() {
      return value == 0;
    }

    boolean isAnswered() {
      return answeredUs != NEVER;
    }

    void answered(long atUs, long seen) {
      answeredUs = atUs;
      result = seen;
    }

    @Override
    public String toString() {
      return (isRead() ? "read" : "swap " + value)
          + "@"
          + calledUs
          + (isAnswered() ? " -> " + result + "@" + answeredUs : " unknown");
    }
  }

  private final List<List<Operation>> bySeat = new ArrayList<>();

  History() {
    for (int seat = 0; seat < SimMachine.SEATS; seat++) {
      bySeat.add(new ArrayList<>());
    }
  }

  Operation call(int seat, long value, long nowUs) {
    Operation operation = new Operation(seat, value, nowUs);
    bySeat.get(seat).add(operation);
    return operation;
  }

  void check() {
    for (List<Operation> seat : bySeat) {
      List<Operation> relevant = relevant(seat);
      SimFailure.check(isLinearizable(relevant), "the history of a seat is linearizable", relevant);
    }
  }

  private static List<Operation> relevant(List<Operation> seat) {
    Set<Long> seen = new HashSet<>();
    for (Operation operation : seat) {
      if (operation.isAnswered()) {
        seen.add(operation.result);
      }
    }
    return seat.stream()
        .filter(o -> o.isAnswered() || (!o.isRead() && seen.contains(o.value)))
        .sorted(Comparator.comparingLong(o -> o.calledUs))
        .toList();
  }

  private record Choice(BitSet done, int first, long value) {}

  static boolean isLinearizable(List<Operation> operations) {
    List<Choice> open = new ArrayList<>();
    Set<Choice> visited = new HashSet<>();
    open.add(new Choice(new BitSet(), 0, 0));
    while (!open.isEmpty()) {
      Choice at = open.removeLast();
      if (at.done().cardinality() == operations.size()) {
        return true;
      }
      for (int next : enabled(operations, at)) {
        Operation operation = operations.get(next);
        BitSet done = (BitSet) at.done().clone();
        done.set(next);
        Choice then =
            new Choice(
                done,
                done.nextClearBit(at.first()),
                operation.isRead() ? at.value() : operation.value);
        if (visited.add(then)) {
          open.add(then);
        }
        if (operation.isRead()) {
          // It changes nothing, so taking it now rules nothing out.
          break;
        }
      }
    }
    return false;
  }

  /** What may come next: called before anything left was answered, and fits; a read alone. */
  private static List<Integer> enabled(List<Operation> operations, Choice at) {
    long earliest = NEVER;
    List<Integer> enabled = new ArrayList<>();
    for (int i = at.first(); i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (operation.calledUs > earliest) {
        break;
      }
      if (!at.done().get(i)) {
        earliest = Math.min(earliest, operation.answeredUs);
        if (!operation.isAnswered() || operation.result == at.value()) {
          if (operation.isRead()) {
            enabled.addFirst(i);
          } else {
            enabled.add(i);
          }
        }
      }
    }
    long limit = earliest;
    enabled.removeIf(i -> operations.get(i).calledUs > limit);
    return enabled;
  }
}
