package dev.usher.chat.understanding;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.model.Features;
import dev.usher.chat.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Asks the model what a message is after. Safe for any thread. */
final class Classifier {
  private static final int INTENTS = IntentId.values().length;
  private static final int REASONS = 3;

  private final Model model;
  private final double unit;

  /**
   * @param temperatureThousandths by which the model's scores are divided
   */
  Classifier(Model model, int temperatureThousandths) {
    this.model = model;
    this.unit = model.scaleMillionths() / 1000.0 / temperatureThousandths;
  }

  /** How likely each intent is; a known feature list is kept for the reasons. */
  final class Verdict {
    private final List<String> items;
    private final Situation situation;
    private final double[] shares = new double[INTENTS];

    private Verdict(List<String> items, Situation situation) {
      this.items = items;
      this.situation = situation;
      int[] scores = new int[INTENTS];
      Features.of(
          items,
          situation.moment(),
          situation.requested(),
          (feature, first, count) -> {
            int known = model.feature(feature);
            if (known >= 0) {
              model.addTo(scores, known);
            }
          });
      fill(scores);
    }

    private void fill(int[] scores) {
      int top = scores[0];
      for (int score : scores) {
        top = Math.max(top, score);
      }
      double sum = 0;
      for (int i = 0; i < INTENTS; i++) {
        shares[i] = StrictMath.exp((scores[i] - top) * unit);
        sum += shares[i];
      }
      for (int i = 0; i < INTENTS; i++) {
        shares[i] /= sum;
      }
    }

    double share(IntentId intent) {
      return shares[intent.ordinal()];
    }

    /** The likeliest that is in scope, other than {@code but}. */
    IntentId likeliest(IntentId but) {
      var best = but == IntentId.INFORM ? IntentId.HELP : IntentId.INFORM;
      for (var intent : IntentId.values()) {
        if (intent != IntentId.OUT_OF_SCOPE && intent != but && share(intent) > share(best)) {
          best = intent;
        }
      }
      return best;
    }

    /** The words that spoke most for one intent and against another. */
    List<String> reasons(IntentId meant, IntentId other) {
      var weights = new TreeMap<String, Integer>();
      Features.of(
          items,
          situation.moment(),
          situation.requested(),
          (feature, first, count) -> {
            int known = model.feature(feature);
            if (known >= 0) {
              int weight =
                  model.weight(known, meant.ordinal()) - model.weight(known, other.ordinal());
              weights.merge(name(first, count), weight, Integer::sum);
            }
          });
      var reasons = new ArrayList<String>();
      weights.entrySet().stream()
          .filter(entry -> entry.getValue() > 0)
          .sorted(Comparator.comparing(entry -> -entry.getValue()))
          .limit(REASONS)
          .forEach(
              entry ->
                  reasons.add(
                      String.format(
                          Locale.ROOT, "%s %+.1f", entry.getKey(), entry.getValue() * unit)));
      return reasons;
    }

    private String name(int first, int count) {
      return count == 0
          ? "after " + situation.moment().label()
          : "'" + String.join(" ", items.subList(first, first + count)) + "'";
    }
  }

  Verdict judge(List<String> items, Situation situation) {
    return new Verdict(items, situation);
  }
}
