package dev.usher.chat.dialogue;

import dev.usher.chat.language.Moment;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Situation;
import java.util.EnumSet;
import java.util.Set;

/** What the assistant has just done, as the next message is understood by it. */
final class Moments {
  private static final Set<ReplyId> DONE =
      EnumSet.of(
          ReplyId.BOOKED, ReplyId.BOOKED_COMMITTED, ReplyId.CANCELLED, ReplyId.CANCELLED_FREE);
  private static final Set<ReplyId> FAILED =
      EnumSet.of(
          ReplyId.REFUSED,
          ReplyId.UNAVAILABLE,
          ReplyId.NO_EVENTS,
          ReplyId.NO_EVENTS_MATCH,
          ReplyId.EVENT_GONE,
          ReplyId.SOLD_OUT,
          ReplyId.NOT_ENOUGH,
          ReplyId.SEATS_TAKEN,
          ReplyId.FALLBACK_AGAIN,
          ReplyId.FALLBACK_BOX_OFFICE);
  private static final Set<ReplyId> ANYTHING_ELSE =
      EnumSet.of(ReplyId.THANKS, ReplyId.ABORTED, ReplyId.NOTHING_TO_DENY);

  private Moments() {}

  /** The moment after an answer. */
  static Moment after(Conversation conversation, ReplyId said) {
    if (conversation.offer() != null) {
      return Moment.READ_BACK;
    }
    if (conversation.invited()) {
      return Moment.INVITATION;
    }
    var form = conversation.form();
    if (form != null && form.requested() != null) {
      return form.requested() == SlotId.CHOICE ? Moment.OFFER : Moment.QUESTION;
    }
    if (DONE.contains(said)) {
      return Moment.DONE;
    }
    if (FAILED.contains(said)) {
      return Moment.FAILED;
    }
    if (ANYTHING_ELSE.contains(said)) {
      return Moment.ANYTHING_ELSE;
    }
    return said == ReplyId.EVENTS_FOUND ? Moment.OFFER : Moment.ANSWER;
  }

  static Situation situation(Conversation conversation) {
    var form = conversation.form();
    var slot = form == null ? null : form.requested();
    if (conversation.doubt() != null) {
      return new Situation(Moment.OFFER, Set.of(SlotId.CHOICE));
    }
    return new Situation(conversation.moment(), slot == null ? Set.<SlotId>of() : Set.of(slot));
  }
}
