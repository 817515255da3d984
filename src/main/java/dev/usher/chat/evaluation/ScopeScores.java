package dev.usher.chat.evaluation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How well utterances that are out of scope are told from the others.
 *
 * @param inScopeRejected share of the utterances in scope that are turned down
 * @param recall share of the utterances out of scope that are
 * @param perKind the same by kind
 */
record ScopeScores(double inScopeRejected, double recall, Map<String, Double> perKind) {
  /** By what the assistant itself decides. */
  static ScopeScores decided(List<Judged> inScope, List<Judged> outOfScope) {
    return with(inScope, outOfScope, Judged::rejected);
  }

  /**
   * With the doubt as the measure, and as much in-scope doubt turned down as allowed.
   *
   * @param share of the utterances in scope
   */
  static ScopeScores allowing(double share, List<Judged> inScope, List<Judged> outOfScope) {
    double[] doubts =
        inScope.stream().mapToDouble(one -> one.understood().doubt()).sorted().toArray();
    int kept = doubts.length - (int) Math.floor(share * doubts.length);
    double limit = kept == 0 ? -1 : doubts[kept - 1];
    return with(inScope, outOfScope, one -> one.understood().doubt() > limit);
  }

  private static ScopeScores with(
      List<Judged> inScope, List<Judged> outOfScope, Predicate<Judged> rejected) {
    var all = new TreeMap<String, int[]>();
    for (var one : outOfScope) {
      int[] counts = all.computeIfAbsent(one.utterance().kind(), kind -> new int[2]);
      counts[0]++;
      counts[1] += rejected.test(one) ? 1 : 0;
    }
    var perKind = new TreeMap<String, Double>();
    all.forEach((kind, counts) -> perKind.put(kind, Scores.share(counts[1], counts[0])));
    int found = all.values().stream().mapToInt(counts -> counts[1]).sum();
    int lost = (int) inScope.stream().filter(rejected).count();
    return new ScopeScores(
        Scores.share(lost, inScope.size()), Scores.share(found, outOfScope.size()), perKind);
  }
}
