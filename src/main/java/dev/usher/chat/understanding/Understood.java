package dev.usher.chat.understanding;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import java.util.List;

/**
 * What a message was understood to mean.
 *
 * @param intent what to act upon; OUT_OF_SCOPE when nothing fits well enough
 * @param likeliest the best guess in scope, also when it is not acted upon
 * @param second the next best guess in scope
 * @param templateId the template that says exactly this, or empty
 * @param confidence 0 to 1: how often an answer as sure as this one is right
 * @param doubt 0 to 1: how likely the message is none that the assistant is for
 * @param entities in the order of the message
 * @param why the template, or what spoke most for the intent
 * @param model hash of the model that understood it
 */
public record Understood(
    IntentId intent,
    IntentId likeliest,
    IntentId second,
    Decision decision,
    String templateId,
    double confidence,
    double doubt,
    List<Entity> entities,
    List<String> why,
    String model) {
  /** What to do with it. */
  public enum Decision {
    ACCEPT,
    /** Ask which of the two likeliest is meant. */
    ASK_WHICH,
    FALL_BACK
  }

  public Understood {
    entities = List.copyOf(entities);
    why = List.copyOf(why);
  }

  /** A message that is known word for word, whatever the model makes of it. */
  public Understood verbatim(String id, String reason) {
    return new Understood(
        IntentId.INFORM,
        IntentId.INFORM,
        IntentId.INFORM,
        Decision.ACCEPT,
        id,
        1,
        0,
        List.of(),
        List.of(reason),
        model);
  }

  public List<Entity> all(SlotId slot) {
    return entities.stream().filter(entity -> entity.slot() == slot).toList();
  }
}
