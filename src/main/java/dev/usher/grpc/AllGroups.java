package dev.usher.grpc;

import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads that ask every seat group and put the answers into one order. */
final class AllGroups {
  private AllGroups() {}

  /** Linearizable in each group; one group without a leader fails the whole. */
  static <T> CompletionStage<List<T>> read(
      SeatGroups seats,
      Function<SeatView, List<T>> query,
      Comparator<? super T> order,
      Duration timeout) {
    CompletionStage<List<T>> all = CompletableFuture.completedFuture(List.of());
    var answers = seats.all().stream().map(group -> group.read(query, timeout)).toList();
    for (var answer : answers) {
      all = all.thenCombine(answer, (before, more) -> joined(before, more));
    }
    return all.thenApply(items -> items.stream().sorted(order).toList());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    var both = new ArrayList<T>(first.size() + second.size());
    both.addAll(first);
    both.addAll(second);
    return both;
  }
}
