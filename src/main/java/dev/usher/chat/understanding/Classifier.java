package dev.usher.chat.understanding;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.model.Features;
import dev.usher.chat.model.Model;
import java.util.ArrayList;
import java.util.List;

/** Asks the model what a message is after. Safe for any thread. */
final class Classifier {
  private static final int INTENTS = IntentId.values().length;
  private static final int REASONS = 3;

  /** How many items a feature can be about: none to three. */
  private static final int SPANS = 4;

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
      return shares[Model.column(intent)];
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
      // by the first word and how many: none is about the moment, else up to three
      int[] weights = new int[Math.max(1, items.size()) * SPANS];
      Features.of(
          items,
          situation.moment(),
          situation.requested(),
          (feature, first, count) -> {
            int known = model.feature(feature);
            if (known >= 0) {
              weights[first * SPANS + count] +=
                  model.weight(known, Model.column(meant))
                      - model.weight(known, Model.column(other));
            }
          });
      var reasons = new ArrayList<String>(REASONS);
      int strongest = strongest(weights);
      while (reasons.size() < REASONS && weights[strongest] > 0) {
        long tenths = Math.round(weights[strongest] * unit * 10);
        String name = name(strongest / SPANS, strongest % SPANS);
        reasons.add(name + " +" + tenths / 10 + "." + tenths % 10);
        weights[strongest] = 0;
        strongest = strongest(weights);
      }
      return reasons;
    }

    private static int strongest(int[] weights) {
      int strongest = 0;
      for (int i = 1; i < weights.length; i++) {
        strongest = weights[i] > weights[strongest] ? i : strongest;
      }
      return strongest;
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
