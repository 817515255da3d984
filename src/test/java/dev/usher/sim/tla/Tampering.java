package dev.usher.sim.tla;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Lies, each about one event of an honest trace. TLC must stop at exactly that event. */
enum Tampering {
  /** §5.2: a node gives its vote to another candidate too. */
  VOTE_GRANTED_TWICE(
      "announce vote",
      (event, before) -> inserted(event.with("to", before.somebodyElse(event.field("to"))))),

  /** §5.1, sofa-jraft#1241: a vote is announced before it is on the disk. */
  VOTE_BEFORE_DISK(
      "vote",
      (event, before) ->
          inserted(
              TraceEvent.says(
                  event.node(),
                  "announce vote",
                  "to",
                  event.field("for"),
                  "term",
                  event.number("term")))),

  /** §5.2: a node leads as soon as it stands. */
  LEADER_WITHOUT_VOTES(
      "campaign", (event, before) -> inserted(TraceEvent.remembers(event.node(), "lead"))),

  /** Thesis §9.6: a node campaigns in a term for which nobody has promised it a vote. */
  CAMPAIGN_WITHOUT_PRE_VOTES(
      "ask pre-vote", (event, before) -> inserted(TraceEvent.remembers(event.node(), "campaign"))),

  /** §5.3: a leader commits one entry more than a majority has. */
  COMMIT_INDEX_TOO_HIGH(
      "commit", (event, before) -> replaced(event.with("index", event.number("index") + 1))),

  /** copycat#265: a follower's commit index is beyond what it has compared. */
  FOLLOWER_COMMITS_TOO_MUCH(
      "is",
      (event, before) ->
          "FOLLOWER".equals(event.field("role")) && event.number("commit") > 0
              ? replaced(event.with("commit", event.number("commit") + 1))
              : Optional.empty()),

  /** §5.4: an entry that was applied is overwritten on the disk. */
  COMMITTED_ENTRY_OVERWRITTEN(
      "persist",
      (event, before) -> {
        long applied = before.lastApplied(event.node());
        return applied == 0
            ? Optional.empty()
            : replaced(
                event
                    .with("from", applied)
                    .with("entries", List.of(foreign(applied, event.number("term")))));
      }),

  /** §5.3: a leader sends an entry that is not in its log. */
  FOREIGN_ENTRY_SENT(
      "request",
      (event, before) ->
          replaced(
              event.with(
                  "entries", List.of(foreign(event.number("prev") + 1, event.number("term")))))),

  /** etcd#14370: a follower acknowledges more than is on its disk. */
  ACKNOWLEDGED_BEFORE_DISK(
      "acknowledge", (event, before) -> replaced(event.with("index", event.number("index") + 1))),

  /** etcd#14370: a node applies what is not committed. */
  APPLIED_BEFORE_COMMITTED(
      "apply", (event, before) -> replaced(event.with("last", event.number("last") + 1))),

  /** §5.1: a node has forgotten its vote when it starts again. */
  VOTE_FORGOTTEN(
      "restart",
      (event, before) ->
          event.number("term") > 0 && before.lastAnnounced(event.node()) == event.number("term")
              ? replaced(event.with("vote", Optional.empty()))
              : Optional.empty()),

  /** A node has lost an entry that its disk had confirmed. */
  ENTRY_FORGOTTEN(
      "restart",
      (event, before) ->
          before.lastAcknowledged(event.node()) == 0
              ? Optional.empty()
              : replaced(event.with("last", before.lastAcknowledged(event.node()) - 1))),

  /** §8: a leader answers a read before a majority has confirmed its leadership since. */
  READ_WITHOUT_ROUND(
      "take on read",
      (event, before) ->
          inserted(
              TraceEvent.says(
                  event.node(),
                  "grant read",
                  "id",
                  event.field("id"),
                  "index",
                  before.lastCommit(event.node())))),

  /** §8: a read is answered from the past. */
  READ_FROM_THE_PAST(
      "grant read", (event, before) -> replaced(event.with("index", event.number("index") - 1))),

  /** etcd#20418: an answer to a read for which no leader has given an index. */
  READ_NEVER_GRANTED("serve read", (event, before) -> replaced(event.with("id", "another read")));

  /** A trace with a lie at its end. */
  record Tampered(List<TraceEvent> events) {
    int at() {
      return events.size() - 1;
    }
  }

  /** How far the nodes had come before an event. */
  private record Before(List<TraceEvent> events) {
    long lastApplied(NodeId node) {
      return last(node, "apply", "last");
    }

    long lastCommit(NodeId node) {
      return Math.max(last(node, "is", "commit"), last(node, "commit", "index"));
    }

    long lastAcknowledged(NodeId node) {
      return last(node, "acknowledge", "index");
    }

    /** The term in which the node last told somebody that it has its vote. */
    long lastAnnounced(NodeId node) {
      return last(node, "announce vote", "term");
    }

    NodeId somebodyElse(Object than) {
      return events.stream()
          .map(TraceEvent::node)
          .filter(node -> !node.equals(than))
          .findFirst()
          .orElseThrow();
    }

    private long last(NodeId node, String act, String field) {
      Map<NodeId, Long> last = new HashMap<>();
      for (TraceEvent event : events) {
        if (event.act().equals("restart")) {
          last.remove(event.node());
        } else if (event.act().equals(act)) {
          last.put(event.node(), event.number(field));
        }
      }
      return last.getOrDefault(node, 0L);
    }
  }

  /** A lie in the place of an event, or after it. */
  private record Lie(TraceEvent event, boolean after) {}

  private final String act;
  private final BiFunction<TraceEvent, Before, Optional<Lie>> lie;

  Tampering(String act, BiFunction<TraceEvent, Before, Optional<Lie>> lie) {
    this.act = act;
    this.lie = lie;
  }

  /** The honest trace up to the first event about which this lie can be told, and the lie. */
  Optional<Tampered> on(List<TraceEvent> honest) {
    return IntStream.range(0, honest.size())
        .filter(i -> honest.get(i).act().equals(act))
        .mapToObj(
            i ->
                lie.apply(honest.get(i), new Before(honest.subList(0, i)))
                    .map(
                        told -> {
                          List<TraceEvent> events =
                              new ArrayList<>(honest.subList(0, told.after() ? i + 1 : i));
                          events.add(told.event());
                          return new Tampered(events);
                        }))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Lie> inserted(TraceEvent event) {
    return Optional.of(new Lie(event, true));
  }

  private static Optional<Lie> replaced(TraceEvent event) {
    return Optional.of(new Lie(event, false));
  }

  private static Entry foreign(long index, long term) {
    return new Entry(
        term, index, 0, Entry.Kind.COMMAND, Bytes.wrap(new byte[] {0, 0, 0, 0, 0, 0, 99, 99}));
  }
}
