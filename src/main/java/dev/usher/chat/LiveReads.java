package dev.usher.chat;

import dev.usher.chat.dialogue.Card;
import dev.usher.chat.dialogue.Step.EventSeats;
import dev.usher.chat.dialogue.Step.OwnBooking;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.directory.Directory;
import dev.usher.replica.Replica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the assistant reads of the replicated groups, all of it linearizable. Safe for any thread.
 */
public final class LiveReads {
  private static final Comparator<Event> BY_START =
      Comparator.comparingLong(Event::startTimeMs).thenComparing(Event::eventId);
  private static final Comparator<OwnBooking> NEWEST_FIRST =
      Comparator.<OwnBooking>comparingLong(own -> own.booking().getCreateTimeMillis())
          .reversed()
          .thenComparing(own -> own.booking().getBookingId());

  private final SeatGroups groups;
  private final Directory directory;

  /** An event's plan never changes, so its sections are worked out once. By event id. */
  private final Map<String, List<String>> sections = new ConcurrentHashMap<>();

  public LiveReads(SeatGroups groups, Directory directory) {
    this.groups = groups;
    this.directory = directory;
  }

  /** All that a user can pay with. */
  CompletionStage<List<Card>> cardsOf(String userId, Duration timeout) {
    return directory.read(
        view ->
            view.paymentMethodsOf(userId).stream()
                .map(method -> new Card(method.paymentMethodId(), method.brand(), method.last4()))
                .toList(),
        timeout);
  }

  /**
   * What is on sale.
   *
   * @param nowMs events that begin before are left out
   */
  CompletionStage<Catalogue> catalogue(long nowMs, Duration timeout) {
    return fromAll(view -> onSale(view, nowMs), timeout).thenApply(this::catalogue);
  }

  private record OnSale(Event event, List<String> sections) {}

  private List<OnSale> onSale(SeatView view, long nowMs) {
    var all = new ArrayList<OnSale>();
    for (var event : view.events()) {
      if (event.published() && event.startTimeMs() >= nowMs) {
        var known = sections.get(event.eventId());
        all.add(new OnSale(event, known == null ? sectionsOf(view.seats(event.eventId())) : known));
      }
    }
    return all;
  }

  private static List<String> sectionsOf(List<Seat> seats) {
    return seats.stream().map(Seat::section).filter(name -> !name.isEmpty()).distinct().toList();
  }

  private Catalogue catalogue(List<OnSale> all) {
    var found = new HashMap<String, List<String>>();
    all.forEach(one -> found.put(one.event().eventId(), one.sections()));
    sections.putAll(found);
    sections.keySet().retainAll(found.keySet());
    return new Catalogue(all.stream().map(OnSale::event).sorted(BY_START).toList(), found);
  }

  /** An event with its seats; no event when it is not published. */
  CompletionStage<EventSeats> seats(String eventId, Duration timeout) {
    return groups
        .of(eventId)
        .read(
            view ->
                new EventSeats(
                    view.event(eventId).filter(Event::published), List.copyOf(view.seats(eventId))),
            timeout);
  }

  /** A user's bookings in all groups, newest first. */
  CompletionStage<List<OwnBooking>> bookingsOf(String userId, Duration timeout) {
    return fromAll(
            view ->
                view.bookingsOf(userId).stream()
                    .map(booking -> new OwnBooking(booking, view.event(booking.getEventId())))
                    .toList(),
            timeout)
        .thenApply(all -> all.stream().sorted(NEWEST_FIRST).toList());
  }

  private <T> CompletionStage<List<T>> fromAll(
      Function<SeatView, List<T>> query, Duration timeout) {
    CompletionStage<List<T>> all = CompletableFuture.completedFuture(List.of());
    for (Replica<SeatView> group : groups.all()) {
      all =
          all.thenCombine(
              group.read(query, timeout),
              (before, more) -> {
                var joined = new ArrayList<T>(before);
                joined.addAll(more);
                return joined;
              });
    }
    return all;
  }
}
