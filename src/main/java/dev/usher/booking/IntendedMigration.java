package dev.usher.booking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.pekko.serialization.jackson.JacksonMigration;

/**
 * Reads intents of all versions. 1: before cards could ask for their buyer (3-D Secure), so nobody
 * was interactive. 2: with {@code interactive}.
 */
public final class IntendedMigration extends JacksonMigration {
  @Override
  public int currentVersion() {
    return 2;
  }

  @Override
  public JsonNode transform(int fromVersion, JsonNode json) {
    if (fromVersion < 2 && json.get("intent") instanceof ObjectNode intent) {
      intent.put("interactive", false);
    }
    return json;
  }
}
