package dev.usher.sim.tla;

import dev.usher.raft.Entry;
import dev.usher.raft.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One event of a trace, as RaftTrace.tla reads it: a record of TLA+.
 *
 * @param node who did it
 * @param kind which of RaftTrace's actions it belongs to
 * @param act what was done
 * @param fields the rest: whole numbers, text, lists of entries, records
 */
record TraceEvent(NodeId node, String kind, String act, Map<String, Object> fields) {
  /** TLC counts to 2^31. */
  private static final int CONFIGURATIONS = 1 << 30;

  /** What a node remembers: a change of its memory. */
  static TraceEvent remembers(NodeId node, String act, Object... fields) {
    return of(node, "remembers", act, fields);
  }

  /** What a node said, and may be held to. */
  static TraceEvent says(NodeId node, String act, Object... fields) {
    return of(node, "says", act, fields);
  }

  static TraceEvent reads(NodeId node, String act, Object... fields) {
    return of(node, "reads", act, fields);
  }

  /** What changes nothing in the specification's state, and must be true. */
  static TraceEvent isTrue(NodeId node, String act, Object... fields) {
    return of(node, "true", act, fields);
  }

  /** An event that is the only one of its kind. */
  static TraceEvent only(NodeId node, String act, Object... fields) {
    return of(node, act, act, fields);
  }

  private static TraceEvent of(NodeId node, String kind, String act, Object... fields) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      named.put((String) fields[i], fields[i + 1]);
    }
    return new TraceEvent(node, kind, act, named);
  }

  Object field(String field) {
    return Objects.requireNonNull(fields.get(field), field);
  }

  /** 0 when the event has no such field. */
  long number(String field) {
    return ((Number) fields.getOrDefault(field, 0L)).longValue();
  }

  /** The same event, except for one field. */
  TraceEvent with(String field, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new TraceEvent(node, kind, act, changed);
  }

  String toTla() {
    return "[n |-> %s, kind |-> \"%s\", do |-> \"%s\"%s]"
        .formatted(
            text(node),
            kind,
            act,
            fields.entrySet().stream()
                .map(field -> ", " + field.getKey() + " |-> " + text(field.getValue()))
                .collect(Collectors.joining()));
  }

  private static String text(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case String string -> '"' + string + '"';
      case NodeId id -> '"' + id.value() + '"';
      case Optional<?> maybe -> text(maybe.isPresent() ? maybe.get() : "none");
      case List<?> list ->
          list.stream().map(TraceEvent::text).collect(Collectors.joining(", ", "<<", ">>"));
      case Entry entry -> "[term |-> " + entry.term() + ", value |-> " + valueOf(entry) + "]";
      default -> throw new IllegalArgumentException("not for TLA+: " + value);
    };
  }

  /**
   * What stands for an entry's payload: the number by which the simulator's clients begin each
   * command, 0 for a no-op, and for a configuration a number beyond all of theirs.
   */
  static long valueOf(Entry entry) {
    return switch (entry.kind()) {
      case COMMAND -> entry.payload().asByteBuffer().getLong();
      case NO_OP -> 0;
      case CONFIGURATION ->
          CONFIGURATIONS + Math.floorMod(entry.payload().hashCode(), CONFIGURATIONS);
    };
  }
}
