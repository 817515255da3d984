package dev.usher.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.pekko.serialization.jackson.JacksonMigration;

/**
 * The version of what conversations write down. A change that Jackson can't bridge by itself (a
 * field more or less it can) raises it and says here how the older version is read.
 *
 * <p>Version 1 spoke English only and did not say so.
 */
public final class ChatEventMigration extends JacksonMigration {
  private static final int WITH_LANGUAGE = 2;

  @Override
  public int currentVersion() {
    return WITH_LANGUAGE;
  }

  @Override
  public JsonNode transform(int fromVersion, JsonNode json) {
    if (fromVersion < WITH_LANGUAGE) {
      if (json.get("conversation") instanceof ObjectNode conversation) {
        conversation.putObject("speech").put("language", "en").put("source", "HEARD");
      }
      inEnglish(json.get("reply"));
      json.path("replies").forEach(replied -> inEnglish(replied.get("reply")));
    }
    return json;
  }

  private static void inEnglish(JsonNode reply) {
    if (reply instanceof ObjectNode object) {
      object.put("language", "en");
    }
  }
}
