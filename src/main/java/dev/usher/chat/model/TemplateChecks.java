package dev.usher.chat.model;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.Moment;
import dev.usher.chat.language.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/** What the build refuses of templates that can be read: see docs/chat.md. */
final class TemplateChecks {
  private static final int TRIES = 12;

  private TemplateChecks() {}

  /** Two intents must not claim the same sentence at the same moment. */
  static List<String> claimedByTwo(Language language) {
    var faults = new ArrayList<String>();
    var claims = new HashMap<List<String>, List<Template>>();
    for (var template : language.templates()) {
      for (var sentence : template.sentences(new Random(template.id().hashCode()))) {
        var items = language.normaliser().items(sentence);
        var earlier = claims.computeIfAbsent(items, s -> new ArrayList<>(1));
        for (var other : earlier) {
          if (other.intent() != template.intent() && other.moments().equals(template.moments())) {
            faults.add(
                "%s: '%s' is claimed by %s and, in %s, by %s"
                    .formatted(
                        template.place(),
                        String.join(" ", sentence),
                        template.intent().label(),
                        other.place(),
                        other.intent().label()));
          }
        }
        if (!earlier.contains(template)) {
          earlier.add(template);
        }
      }
    }
    return faults.stream().distinct().toList();
  }

  /** What a template says must be understood by the model alone, at least mostly. */
  static List<String> misunderstood(Language language, Model model) {
    var examples = new Examples(language);
    var faults = new ArrayList<String>();
    for (var template : language.templates()) {
      var moment = moment(template);
      int right = 0;
      var taken = IntentId.OUT_OF_SCOPE;
      for (int i = 0; i < TRIES; i++) {
        var intent = intent(model, examples.plain(template, moment));
        right += intent == template.intent() ? 1 : 0;
        taken = intent == template.intent() ? taken : intent;
      }
      if (right * 2 < TRIES) {
        faults.add(
            "%s: a template of %s is mostly taken for another intent, for example %s"
                .formatted(template.place(), template.intent().label(), taken.label()));
      }
    }
    return faults;
  }

  /** When it is said; of what is said at any time, nothing is known of the moment. */
  private static Moment moment(Template template) {
    return template.moments().isEmpty() ? Moment.UNKNOWN : template.moments().iterator().next();
  }

  private static IntentId intent(Model model, Example example) {
    int[] scores = new int[IntentId.values().length];
    Features.of(
        example.items(),
        example.moment(),
        example.requested(),
        (feature, first, count) -> {
          int known = model.feature(feature);
          if (known >= 0) {
            model.addTo(scores, known);
          }
        });
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return IntentId.values()[best];
  }
}
