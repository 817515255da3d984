package dev.usher.chat.dialogue;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Entity;
import dev.usher.chat.understanding.Understood;
import java.util.List;
import java.util.Optional;

/**
 * A message that can mean two things; the speaker was asked which.
 *
 * @param entities what it carried
 */
record Doubt(IntentId first, IntentId second, List<Entity> entities) {
  Doubt {
    entities = List.copyOf(entities);
  }

  static Doubt of(Understood heard) {
    return new Doubt(heard.likeliest(), heard.second(), heard.entities());
  }

  /** The message as it is meant, if the answer says so by number. */
  Optional<Understood> settledBy(Understood answer) {
    return answer.all(SlotId.CHOICE).stream()
        .findFirst()
        .flatMap(choice -> meant(choice.value()))
        .map(
            intent ->
                new Understood(
                    intent,
                    intent,
                    intent == first ? second : first,
                    Understood.Decision.ACCEPT,
                    answer.templateId(),
                    answer.confidence(),
                    answer.doubt(),
                    entities,
                    answer.why(),
                    answer.model()));
  }

  private Optional<IntentId> meant(String number) {
    return switch (number) {
      case "1" -> Optional.of(first);
      case "2", "last" -> Optional.of(second);
      default -> Optional.empty();
    };
  }
}
