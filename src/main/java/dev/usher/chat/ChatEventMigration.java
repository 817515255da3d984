package dev.usher.chat;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.pekko.serialization.jackson.JacksonMigration;

/**
 * The version of what conversations write down. A change that Jackson can't bridge by itself (a
 * field more or less it can) raises it and says here how the older version is read.
 */
public final class ChatEventMigration extends JacksonMigration {
  @Override
  public int currentVersion() {
    return 1;
  }

  @Override
  public JsonNode transform(int fromVersion, JsonNode json) {
    return json;
  }
}
