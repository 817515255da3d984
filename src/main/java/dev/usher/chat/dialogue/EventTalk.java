package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.seats.SeatView.Event;
import java.util.List;
import java.util.function.Function;

/** Settles which event is meant, before anything else can be said about it. */
final class EventTalk {
  /** More than this is a list that nobody reads. */
  static final int LINES_MAX = 8;

  private final Phrases phrases;
  private final EventFinder finder;

  EventTalk(Phrases phrases, EventFinder finder) {
    this.phrases = phrases;
    this.finder = finder;
  }

  /** Goes on with the one event that is meant, or asks. */
  Step withEvent(
      Conversation conversation, Form form, Catalogue catalogue, Function<Event, Step> then) {
    var events = finder.matching(form.wants(), catalogue);
    if (events.isEmpty()) {
      events = finder.matching(otherNights(form.wants(), catalogue), catalogue);
    }
    if (events.size() == 1) {
      return then.apply(events.getFirst());
    }
    return events.isEmpty()
        ? none(conversation, form, catalogue)
        : which(conversation, form, events);
  }

  /** "On Saturday" may mean another night of what was settled on before. */
  private static Wants otherNights(Wants wants, Catalogue catalogue) {
    var titles =
        wants.eventIds().stream()
            .flatMap(id -> catalogue.event(id).stream())
            .map(Event::displayName)
            .toList();
    var nights =
        catalogue.events().stream()
            .filter(event -> titles.contains(event.displayName()))
            .map(Event::eventId)
            .toList();
    return nights.isEmpty()
        ? wants
        : new Wants(
            nights,
            wants.quantity(),
            wants.seats(),
            wants.section(),
            wants.date(),
            wants.city(),
            wants.venue(),
            wants.card());
  }

  private Step none(Conversation conversation, Form form, Catalogue catalogue) {
    var wants = form.wants();
    boolean gone =
        !wants.eventIds().isEmpty()
            && wants.eventIds().stream().allMatch(id -> catalogue.event(id).isEmpty());
    var reply =
        catalogue.events().isEmpty()
            ? ReplyId.NO_EVENTS
            : gone ? ReplyId.EVENT_GONE : ReplyId.NO_EVENTS_MATCH;
    var freed =
        new Wants(
            List.of(), wants.quantity(), List.of(), wants.section(), "", "", "", wants.card());
    var answer = phrases.answer(reply).missing(SlotId.EVENT);
    var next = Form.of(form.intent(), freed).asking(SlotId.EVENT, answer.text());
    return new Say(conversation.talkingOf(next), answer);
  }

  private Step which(Conversation conversation, Form form, List<Event> events) {
    var shown = events.stream().limit(LINES_MAX).toList();
    String lines = phrases.numbered(shown.stream().map(phrases::line).toList());
    if (events.size() > LINES_MAX) {
      String count = Integer.toString(events.size() - LINES_MAX);
      lines += "\n" + phrases.say(ReplyId.MORE_EVENTS, "count", count);
    }
    var answer =
        phrases
            .answer(ReplyId.WHICH_EVENT, "lines", lines)
            .missing(SlotId.EVENT)
            .suggesting(phrases.choices(shown.stream().map(phrases::line).toList()));
    var ids = shown.stream().map(Event::eventId).toList();
    return new Say(conversation.talkingOf(form.offering(ids, answer.text())), answer);
  }
}
