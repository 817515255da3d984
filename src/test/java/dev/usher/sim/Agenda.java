package dev.usher.sim;

import java.util.PriorityQueue;

/** Events by time; those of one time in the order in which they were added. */
final class Agenda {
  private record Scheduled(long timeUs, long order, Event event) implements Comparable<Scheduled> {
    @Override
    public int compareTo(Scheduled other) {
      int byTime = Long.compare(timeUs, other.timeUs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Scheduled> queue = new PriorityQueue<>();
  private long order;
  private long nowUs;

  void add(long timeUs, Event event) {
    queue.add(new Scheduled(timeUs, order++, event));
  }

  /** Takes the next event; its time is now. */
  Event next() {
    Scheduled next = queue.remove();
    nowUs = next.timeUs();
    return next.event();
  }

  long nowUs() {
    return nowUs;
  }
}
