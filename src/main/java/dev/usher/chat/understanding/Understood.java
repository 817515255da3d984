package dev.usher.chat.understanding;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import java.util.List;

/**
 * What a message was understood to mean.
 *
 * @param intent OUT_OF_SCOPE when nothing fits well enough
 * @param templateId empty when no template fits at all
 * @param confidence 0 to 1: the share of the message that the template accounts for
 * @param entities in the order of the message
 */
public record Understood(
    IntentId intent, String templateId, double confidence, List<Entity> entities) {
  public Understood {
    entities = List.copyOf(entities);
  }

  public List<Entity> all(SlotId slot) {
    return entities.stream().filter(entity -> entity.slot() == slot).toList();
  }
}
