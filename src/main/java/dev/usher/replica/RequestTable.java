package dev.usher.replica;

import dev.usher.raft.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers already given, by request key: part of the replicated state, so that a request that
 * is proposed twice (thesis §6.3) is applied once on whatever node leads.
 *
 * <p>Bounded by age alone, in log time: an answer is kept for {@link #RETENTION_MS} and then
 * forgotten, oldest first, which every node does at the same entry. A bound in number would break
 * the promise of 24 hours just when the house is busy.
 */
final class RequestTable {
  /** 24 hours of log time. */
  static final long RETENTION_MS = 24L * 60 * 60 * 1000;

  /**
   * @param revision of the entry that was applied
   * @param timeMs log time of that entry
   */
  record Answer(Bytes fingerprint, long revision, Bytes result, long timeMs) {}

  // Insertion order is log order: log time never decreases, so the eldest comes first.
  private final LinkedHashMap<String, Answer> answers = new LinkedHashMap<>();

  Optional<Answer> find(String requestKey) {
    return Optional.ofNullable(answers.get(requestKey));
  }

  /** Keeps an answer; the key must be new. */
  void put(String requestKey, Answer answer) {
    if (answers.putIfAbsent(requestKey, answer) != null) {
      throw new IllegalStateException(
          "request applied twice, second revision " + answer.revision());
    }
  }

  /** Forgets what is older than the retention at log time {@code timeMs}. */
  void expire(long timeMs) {
    Iterator<Map.Entry<String, Answer>> eldestFirst = answers.entrySet().iterator();
    while (eldestFirst.hasNext()
        && eldestFirst.next().getValue().timeMs() < timeMs - RETENTION_MS) {
      eldestFirst.remove();
    }
  }

  int size() {
    return answers.size();
  }

  /** All of them as they are now, the oldest first. */
  List<Map.Entry<String, Answer>> copy() {
    List<Map.Entry<String, Answer>> copy = new ArrayList<>(answers.size());
    answers.forEach((requestKey, answer) -> copy.add(Map.entry(requestKey, answer)));
    return copy;
  }

  void clear() {
    answers.clear();
  }
}
