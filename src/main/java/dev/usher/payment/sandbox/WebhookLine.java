package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When one endpoint is told which event. The pause before an event is told again doubles from a
 * second to an hour. An endpoint that failed last is told one event at a time, so that a dead one
 * costs little; when it takes one again, all that wait are due at once.
 *
 * <p>Knows only the events that wait longest, so its size and work are bounded whatever waits.
 */
final class WebhookLine {
  static final int MAX_UNDER_WAY = 16;

  private static final long PAUSE_MS = 1_000;
  private static final long PAUSE_MOST_MS = 3_600_000;

  /**
   * When and how an event is told next.
   *
   * @param copies how often it is told at once
   */
  record Plan(long dueMs, int tries, int copies) {
    private Plan again(long nowMs) {
      long pause = Math.min(PAUSE_MOST_MS, PAUSE_MS << Math.min(tries, 20));
      return new Plan(nowMs + pause, tries + 1, 1);
    }
  }

  /** What is to be sent now. */
  record Due(Event event, int copies) {}

  /** Makes the first plan of an event. */
  interface Planner {
    Plan plan(Event event);
  }

  private final Map<String, Plan> plans = new HashMap<>();
  private final Map<String, Plan> underWay = new HashMap<>();
  private boolean failing;

  /**
   * Takes what is due; it is under way until {@link #taken}, {@link #failed} or {@link #forget}.
   *
   * @param waiting what the endpoint has not taken, oldest first
   */
  List<Due> takeDue(List<Event> waiting, Planner planner, long nowMs) {
    var known = new HashSet<String>();
    var due = new ArrayList<Due>();
    for (var event : waiting) {
      known.add(event.id());
      if (underWay.containsKey(event.id())) {
        continue;
      }
      @Nullable Plan plan = plans.get(event.id());
      if (plan == null) {
        plan = planner.plan(event);
        plans.put(event.id(), plan);
      }
      if (plan.dueMs() <= nowMs && underWay.size() < (failing ? 1 : MAX_UNDER_WAY)) {
        plans.remove(event.id());
        underWay.put(event.id(), plan);
        due.add(new Due(event, plan.copies()));
      }
    }
    plans.keySet().retainAll(known);
    return due;
  }

  /** The endpoint is alive. The event stays under way until that is recorded. */
  void taken(long nowMs) {
    if (failing) {
      failing = false;
      plans.replaceAll(
          (id, plan) -> new Plan(Math.min(plan.dueMs(), nowMs), plan.tries(), plan.copies()));
    }
  }

  void failed(String eventId, long nowMs) {
    failing = true;
    var plan = underWay.remove(eventId);
    if (plan != null) {
      plans.put(eventId, plan.again(nowMs));
    }
  }

  void forget(String eventId) {
    underWay.remove(eventId);
  }
}
