package dev.usher.chat.dialogue;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Entity;
import dev.usher.chat.understanding.Understood;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What somebody has asked for so far; empty or 0 where nothing was said.
 *
 * @param eventIds several when the name fits several
 * @param seats as heard, for example {@code A-12}
 * @param section a section or a price category
 * @param date a day, or {@code first/last}
 * @param card what to pay with, when it was chosen from several: its payment method id
 */
public record Wants(
    List<String> eventIds,
    int quantity,
    List<String> seats,
    String section,
    String date,
    String city,
    String venue,
    String card) {
  static final Wants NOTHING = new Wants(List.of(), 0, List.of(), "", "", "", "", "");

  public Wants {
    eventIds = List.copyOf(eventIds);
    seats = List.copyOf(seats);
    // a conversation of an earlier version has none
    card = Objects.requireNonNullElse(card, "");
  }

  /** What was heard last wins, and takes with it what depended on the old value. */
  Wants with(Understood heard) {
    var wants = this;
    if (!heard.all(SlotId.EVENT).isEmpty()) {
      wants = wants.withEvents(heard.all(SlotId.EVENT).getFirst().values());
    }
    for (var entity : heard.entities()) {
      wants = wants.with(entity);
    }
    var named = heard.all(SlotId.SEAT).stream().map(Entity::value).distinct().toList();
    return named.isEmpty() ? wants : wants.withSeats(named);
  }

  private Wants with(Entity entity) {
    return switch (entity.slot()) {
      case QUANTITY -> withQuantity(Integer.parseInt(entity.value()));
      case SECTION -> new Wants(eventIds, quantity, seats, entity.value(), date, city, venue, card);
      case DATE -> new Wants(eventIds, quantity, seats, section, entity.value(), city, venue, card);
      case CITY -> new Wants(eventIds, quantity, seats, section, date, entity.value(), venue, card);
      case VENUE -> new Wants(eventIds, quantity, seats, section, date, city, entity.value(), card);
      case EVENT, SEAT, CHOICE, TIME, MONEY -> this;
    };
  }

  Wants withEvents(List<String> events) {
    return events.equals(eventIds)
        ? this
        : new Wants(events, quantity, List.of(), section, "", "", "", card);
  }

  /** Another number than the seats named means other seats. */
  Wants withQuantity(int number) {
    var kept = number == seats.size() ? seats : List.<String>of();
    return new Wants(eventIds, number, kept, section, date, city, venue, card);
  }

  Wants withSeats(List<String> named) {
    return new Wants(eventIds, named.size(), named, section, date, city, venue, card);
  }

  /** It is known now which of the events is meant. */
  Wants settledOn(String eventId) {
    return new Wants(List.of(eventId), quantity, seats, section, date, city, venue, card);
  }

  /** As many, but wherever they are; the night stays. */
  Wants withAnySeats() {
    return new Wants(eventIds, quantity, List.of(), section, date, "", "", card);
  }

  Wants withoutSeats() {
    return new Wants(eventIds, quantity, List.of(), section, date, city, venue, card);
  }

  /** What to pay with; empty: to be asked for again, if there are several cards. */
  Wants withCard(String paymentMethodId) {
    return new Wants(eventIds, quantity, seats, section, date, city, venue, paymentMethodId);
  }

  /** The values known, in slot order. */
  List<Carried> carried() {
    var all = new ArrayList<Carried>();
    if (!eventIds.isEmpty()) {
      all.add(new Carried(SlotId.EVENT, eventValue(eventIds)));
    }
    text(all, SlotId.SECTION, section);
    text(all, SlotId.VENUE, venue);
    text(all, SlotId.CITY, city);
    text(all, SlotId.DATE, date);
    text(all, SlotId.SEAT, String.join(",", seats));
    text(all, SlotId.QUANTITY, quantity == 0 ? "" : Integer.toString(quantity));
    return all;
  }

  private static void text(List<Carried> all, SlotId slot, String value) {
    if (!value.isEmpty()) {
      all.add(new Carried(slot, value));
    }
  }

  /** Events as the API names them, with commas between. */
  public static String eventValue(List<String> eventIds) {
    return String.join(",", eventIds.stream().map(id -> "events/" + id).toList());
  }

  /** A value that an earlier turn brought. */
  public record Carried(SlotId slot, String value) {}
}
