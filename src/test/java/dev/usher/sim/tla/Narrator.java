package dev.usher.sim.tla;

import dev.usher.raft.Entry;
import dev.usher.raft.HardState;
import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Status;
import dev.usher.sim.Observer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells what simulated engines do in the words of the specification. It may guess which of the
 * specification's steps explain what it saw: TLC checks the guess, and that the state reached is
 * the engine's.
 */
final class Narrator implements Observer {
  private final int maxSteps;
  private final List<TraceEvent> events = new ArrayList<>();
  private final Map<NodeId, NodeStory> stories = new HashMap<>();
  private int steps;

  /**
   * @param maxSteps how many steps of engines to tell; those that change and say nothing don't
   *     count
   */
  Narrator(int maxSteps) {
    this.maxSteps = maxSteps;
  }

  List<TraceEvent> events() {
    return events;
  }

  int steps() {
    return steps;
  }

  @Override
  public void stepped(NodeId node, Input input, List<Output> outputs, Status after) {
    int before = events.size();
    story(node).step(input, outputs, after);
    if (events.size() > before && ++steps == maxSteps) {
      throw new Enough();
    }
  }

  @Override
  public void restarted(NodeId node, HardState hardState, List<Entry> log) {
    stories.put(node, new NodeStory(node, events, hardState, log.size()));
    long lastTerm = log.isEmpty() ? 0 : log.getLast().term();
    events.add(
        TraceEvent.only(
            node,
            "restart",
            "term",
            hardState.term(),
            "vote",
            hardState.vote(),
            "last",
            log.size(),
            "lastTerm",
            lastTerm));
  }

  private NodeStory story(NodeId node) {
    return stories.computeIfAbsent(
        node, unknown -> new NodeStory(node, events, HardState.INITIAL, 0));
  }
}
