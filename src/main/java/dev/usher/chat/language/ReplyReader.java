package dev.usher.chat.language;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the sentences that the assistant says. */
final class ReplyReader {
  private final YamlPlace replies;
  private final YamlPlace refusals;
  private final YamlPlace declines;
  private final YamlPlace suggestions;

  ReplyReader(YamlPlace replies, YamlPlace refusals, YamlPlace declines, YamlPlace suggestions) {
    this.replies = replies;
    this.refusals = refusals;
    this.declines = declines;
    this.suggestions = suggestions;
  }

  Map<ReplyId, String> replies() {
    var entries = replies.map();
    var all = new EnumMap<ReplyId, String>(ReplyId.class);
    var known = new HashSet<String>();
    for (var reply : ReplyId.values()) {
      known.add(reply.label());
      var entry = entries.get(reply.label());
      if (entry == null) {
        replies.fault("missing reply '" + reply.label() + "'");
      } else {
        all.put(reply, entry.text().strip());
        Variables.check(entry, reply.variables());
      }
    }
    LanguageReader.refuseOthers(entries, known);
    return all;
  }

  Map<String, String> refusals() {
    return sentences("refusals", refusals, RefusalReasons.ALL);
  }

  Map<String, String> declines() {
    return sentences("declines", declines, Set.of(Language.OTHER));
  }

  private static Map<String, String> sentences(String part, YamlPlace place, Set<String> required) {
    var sentences = new LinkedHashMap<String, String>();
    place
        .map()
        .forEach(
            (key, entry) -> {
              sentences.put(key, entry.text().strip());
              Variables.check(entry, RefusalReasons.VARIABLES);
            });
    for (var key : required.stream().sorted().toList()) {
      if (!sentences.containsKey(key)) {
        place.fault("missing reply '" + key + "' in " + part);
      }
    }
    return sentences;
  }

  Map<ReplyId, List<String>> suggestions() {
    var all = new EnumMap<ReplyId, List<String>>(ReplyId.class);
    var entries = suggestions.map();
    for (var reply : ReplyId.values()) {
      var entry = entries.remove(reply.label());
      if (entry != null) {
        all.put(reply, entry.texts());
        entry.list().forEach(item -> Variables.check(item, reply.variables()));
      }
    }
    entries.forEach((label, entry) -> entry.fault("unknown reply '" + label + "'"));
    return all;
  }
}
