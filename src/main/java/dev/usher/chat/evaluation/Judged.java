package dev.usher.chat.evaluation;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.understanding.Understood;

/** An utterance with what it was understood to mean. */
record Judged(Utterance utterance, Understood understood) {
  /** The likeliest wish that is in scope, also when it would not be acted upon. */
  String intent() {
    return understood.likeliest().label();
  }

  boolean right() {
    return intent().equals(utterance.intent());
  }

  boolean inScope() {
    return !utterance.intent().equals(IntentId.OUT_OF_SCOPE.label());
  }

  boolean rejected() {
    return understood.decision() == Understood.Decision.FALL_BACK;
  }
}
