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
    if (events.size() == 1) {
      return then.apply(events.getFirst());
    }
    return events.isEmpty()
        ? none(conversation, form, catalogue)
        : which(conversation, form, events);
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
    var freed = new Wants(List.of(), wants.quantity(), List.of(), wants.section(), "", "", "");
    var next = Form.of(form.intent(), freed).asking(SlotId.EVENT);
    return new Say(conversation.talkingOf(next), phrases.answer(reply).missing(SlotId.EVENT));
  }

  private Step which(Conversation conversation, Form form, List<Event> events) {
    var shown = events.stream().limit(LINES_MAX).toList();
    String lines = phrases.numbered(shown.stream().map(phrases::line).toList());
    if (events.size() > LINES_MAX) {
      String count = Integer.toString(events.size() - LINES_MAX);
      lines += "\n" + phrases.say(ReplyId.MORE_EVENTS, "count", count);
    }
    var answer = phrases.answer(ReplyId.WHICH_EVENT, "lines", lines).missing(SlotId.EVENT);
    var offered = form.offering(shown.stream().map(Event::eventId).toList());
    return new Say(conversation.talkingOf(offered), answer);
  }
}
