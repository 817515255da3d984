package dev.usher.seats;

/** A hold or booking of an event; ordered by its own id first. */
record Key(String eventId, String id) implements Comparable<Key> {
  @Override
  public int compareTo(Key other) {
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : eventId.compareTo(other.eventId);
  }
}
