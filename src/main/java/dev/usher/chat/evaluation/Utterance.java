package dev.usher.chat.evaluation;

import dev.usher.chat.understanding.Situation;
import java.nio.file.Path;
import java.util.List;

/**
 * A labelled utterance.
 *
 * @param kind what kind of out-of-scope utterance, empty in scope
 */
record Utterance(
    String id, String source, String text, String intent, Situation situation, String kind) {
  static List<Utterance> read(Path file) {
    return Tsv.read(file, "id", "source", "utterance", "intent", "context", "note").stream()
        .map(
            row ->
                new Utterance(
                    row.get("id"),
                    row.get("source"),
                    row.get("utterance"),
                    row.get("intent"),
                    SystemActs.situation(row.get("context"), file + ": " + row.get("id")),
                    row.get("note")))
        .toList();
  }
}
