package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.EventSeats;
import dev.usher.chat.dialogue.Step.ReadSeats;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what is on, what is free and what it costs. */
final class CatalogueTalk {
  private static final int SUGGESTED_MAX = 3;
  private static final String LIST_SEATS = "usher.booking.v1.BookingService/ListSeats";

  private final Phrases phrases;
  private final EventFinder finder;
  private final EventTalk events;

  CatalogueTalk(Phrases phrases, EventFinder finder, EventTalk events) {
    this.phrases = phrases;
    this.finder = finder;
    this.events = events;
  }

  Step find(Conversation conversation, Wants wants, Catalogue catalogue) {
    var found = finder.matching(wants, catalogue);
    if (found.isEmpty()) {
      var reply = catalogue.events().isEmpty() ? ReplyId.NO_EVENTS : ReplyId.NO_EVENTS_MATCH;
      return new Say(conversation, phrases.answer(reply));
    }
    var lines = new ArrayList<String>();
    found.stream().limit(EventTalk.LINES_MAX).map(phrases::line).forEach(lines::add);
    if (found.size() > EventTalk.LINES_MAX) {
      String count = Integer.toString(found.size() - EventTalk.LINES_MAX);
      lines.add(phrases.say(ReplyId.MORE_EVENTS, "count", count));
    }
    var answer = phrases.answer(ReplyId.EVENTS_FOUND, "lines", String.join("\n", lines));
    var titles = new LinkedHashMap<String, Event>();
    found.forEach(event -> titles.putIfAbsent(event.displayName(), event));
    return new Say(
        remember(conversation, Form.of(IntentId.FIND_EVENTS, wants)),
        answer.suggesting(
            titles.values().stream().limit(SUGGESTED_MAX).map(this::seatsFor).toList()));
  }

  private Suggestion seatsFor(Event event) {
    return Suggestion.saying(phrases.say(ReplyId.ASK_AVAILABILITY, "event", event.displayName()))
        .calling(LIST_SEATS, Map.of("parent", "events/" + event.eventId()));
  }

  Step price(Conversation conversation, Wants wants, Catalogue catalogue) {
    var form = Form.of(IntentId.ASK_PRICE, wants);
    return events.withEvent(
        conversation,
        form,
        catalogue,
        event -> {
          var lines =
              event.prices().stream()
                  .map(
                      price ->
                          phrases.say(
                              ReplyId.CATEGORY_PRICE,
                              "category",
                              price.category(),
                              "price",
                              phrases.money(price.priceMinor(), event.currency())))
                  .toList();
          return new Say(
              invite(conversation, form, event),
              phrases.answer(
                  ReplyId.PRICES, "event", event.displayName(), "lines", String.join("\n", lines)));
        });
  }

  Step availability(Conversation conversation, Wants wants, Catalogue catalogue) {
    var form = Form.of(IntentId.CHECK_AVAILABILITY, wants);
    return events.withEvent(
        conversation,
        form,
        catalogue,
        event -> new ReadSeats(event.eventId(), seats -> availability(conversation, form, seats)));
  }

  private Step availability(Conversation conversation, Form form, EventSeats read) {
    if (read.event().isEmpty()) {
      return new Say(conversation.talkingOf(null), phrases.answer(ReplyId.EVENT_GONE));
    }
    var event = read.event().get();
    var wants = form.wants();
    var free = Places.in(read.seats(), wants.section()).stream().filter(Places::isFree).toList();
    if (free.isEmpty() && wants.section().isEmpty()) {
      return new Say(
          remember(conversation, form),
          phrases.answer(ReplyId.SOLD_OUT, "event", event.displayName()));
    }
    var next = invite(conversation, form, event);
    if (!wants.seats().isEmpty()) {
      return new Say(next, named(event, Places.named(read.seats(), wants), wants.seats()));
    }
    return new Say(next, counted(event, free, wants.quantity()));
  }

  private Answer named(Event event, Places.Named named, List<String> asked) {
    var gone = named.seats().stream().filter(seat -> !Places.isFree(seat)).toList();
    if (!named.unknown().isEmpty()) {
      String seats = phrases.list(named.unknown());
      return phrases.answer(ReplyId.SEAT_UNKNOWN, "event", event.displayName(), "seats", seats);
    }
    return gone.isEmpty()
        ? phrases.answer(
            ReplyId.SEATS_FREE, "event", event.displayName(), "seats", phrases.list(asked))
        : phrases.answer(ReplyId.SEATS_TAKEN, "seats", phrases.list(Places.names(gone)));
  }

  private Answer counted(Event event, List<Seat> free, int quantity) {
    if (quantity > 0) {
      var reply = free.size() >= quantity ? ReplyId.AVAILABLE_ENOUGH : ReplyId.NOT_ENOUGH;
      return phrases.answer(
          reply,
          "event",
          event.displayName(),
          "tickets",
          phrases.tickets(quantity),
          "free",
          phrases.free(free.size()));
    }
    return phrases.answer(
        ReplyId.AVAILABILITY,
        "event",
        event.displayName(),
        "date",
        phrases.date(event.startTimeMs()),
        "free",
        phrases.free(free.size()),
        "lines",
        categories(event, free));
  }

  private String categories(Event event, List<Seat> free) {
    var counts = new LinkedHashMap<String, Integer>();
    event.prices().forEach(price -> counts.put(price.category(), 0));
    free.forEach(seat -> counts.merge(seat.category(), 1, Integer::sum));
    var lines = new ArrayList<String>();
    for (var price : event.prices()) {
      lines.add(
          phrases.say(
              ReplyId.CATEGORY_FREE,
              "category",
              price.category(),
              "free",
              phrases.free(counts.getOrDefault(price.category(), 0)),
              "price",
              phrases.money(price.priceMinor(), event.currency())));
    }
    return String.join("\n", lines);
  }

  /** A question in passing doesn't push a booking in progress aside. */
  private static Conversation remember(Conversation conversation, Form form) {
    var now = conversation.form();
    boolean booking = now != null && now.intent() == IntentId.BOOK_TICKETS;
    return conversation.talkingOf(booking ? now : form);
  }

  private static Conversation invite(Conversation conversation, Form form, Event event) {
    if (conversation.openAttempt()) {
      return conversation; // a yes still belongs to what was tried
    }
    var settled = form.wants().settledOn(event.eventId());
    return conversation.inviting(Form.of(form.intent(), settled));
  }
}
