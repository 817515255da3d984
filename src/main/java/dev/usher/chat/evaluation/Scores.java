package dev.usher.chat.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well intents were recognised among utterances that are in scope.
 *
 * @param confusion how often, by the right intent and then by the one recognised
 */
record Scores(int rows, int right, Map<String, Map<String, Integer>> confusion) {
  static Scores of(List<Judged> inScope) {
    var confusion = new TreeMap<String, Map<String, Integer>>();
    int right = 0;
    for (var one : inScope) {
      confusion
          .computeIfAbsent(one.utterance().intent(), intent -> new TreeMap<>())
          .merge(one.intent(), 1, Integer::sum);
      right += one.right() ? 1 : 0;
    }
    return new Scores(inScope.size(), right, confusion);
  }

  /** Of one intent. */
  record OfIntent(String intent, int rows, int claimed, int right) {
    double precision() {
      return share(right, claimed);
    }

    double recall() {
      return share(right, rows);
    }

    double f1() {
      return share(2 * right, rows + claimed);
    }
  }

  double accuracy() {
    return share(right, rows);
  }

  List<OfIntent> perIntent() {
    var all = new ArrayList<OfIntent>();
    confusion.forEach(
        (intent, row) -> {
          int claimed =
              confusion.values().stream().mapToInt(other -> other.getOrDefault(intent, 0)).sum();
          int rowsOf = row.values().stream().mapToInt(Integer::intValue).sum();
          all.add(new OfIntent(intent, rowsOf, claimed, row.getOrDefault(intent, 0)));
        });
    return all;
  }

  /** The mean over the intents that occur. */
  double macroF1() {
    return perIntent().stream().mapToDouble(OfIntent::f1).average().orElse(0);
  }

  static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
