package dev.usher.chat.dialogue;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.Refusal;

/** Puts what became of a booking into words, with what to do next. */
final class BookingOutcome {
  private final Phrases phrases;
  private final BookingTalk talk;

  BookingOutcome(Phrases phrases, BookingTalk talk) {
    this.phrases = phrases;
    this.talk = talk;
  }

  Step tell(
      Conversation conversation,
      Form form,
      Offer.OfBooking offer,
      Hearing hearing,
      Bookings.Result result) {
    return switch (result) {
      case Bookings.Booked booked -> booked(conversation, offer, booked.booking());
      case Bookings.Refused refused ->
          refused(conversation, form, offer, hearing, refused.refusal());
      case Bookings.PaymentUnknown unknown ->
          unknown(conversation, form, offer, name(unknown.eventId(), unknown.bookingId()));
      // Begun elsewhere under the same request id: a chat sends nobody to a page.
      case Bookings.Authorizing begun ->
          unknown(conversation, form, offer, name(begun.eventId(), begun.bookingId()));
      case Bookings.Unavailable unavailable -> {
        String sentence = phrases.refusal(unavailable.reason(), "");
        yield new Say(
            conversation.offering(form, offer.attempt()), refusal(ReplyId.UNAVAILABLE, sentence));
      }
    };
  }

  private Step unknown(
      Conversation conversation, Form form, Offer.OfBooking offer, String booking) {
    var answer = phrases.answer(ReplyId.PAYMENT_UNKNOWN, "booking", booking);
    return new Say(conversation.offering(form, offer.attempt()), answer.about(booking));
  }

  private Step booked(Conversation conversation, Offer.OfBooking offer, BookingRecord booking) {
    String name = name(booking.getEventId(), booking.getBookingId());
    var reply =
        switch (booking.getState()) {
          case STATE_CONFIRMED -> ReplyId.BOOKED;
          case STATE_COMMITTED -> ReplyId.BOOKED_COMMITTED;
          // the same request was answered before, and the booking has come to an end since
          case STATE_CANCELLED,
              STATE_FENCED,
              STATE_REJECTED,
              STATE_RELEASED,
              STATE_UNSPECIFIED,
              UNRECOGNIZED ->
              ReplyId.BOOKING_OVER;
        };
    var answer =
        phrases.answer(
            reply,
            "event",
            offer.event(),
            "date",
            phrases.date(offer.startTimeMs()),
            "seats",
            phrases.list(booking.getSeatIdsList()),
            "total",
            phrases.money(booking.getTotalMinor(), booking.getCurrency()),
            "booking",
            name);
    return new Say(conversation.holding(null).settled(null), answer.about(name));
  }

  private Step refused(
      Conversation conversation,
      Form form,
      Offer.OfBooking offer,
      Hearing hearing,
      Refusal refusal) {
    String sentence = phrases.refusal(refusal.getReason(), detail(refusal, "declineCode"));
    return switch (refusal.getReason()) {
      case "SEAT_UNAVAILABLE", "HOLD_EXPIRED" ->
          talk.propose(
              conversation.settled(form),
              Form.of(IntentId.BOOK_TICKETS, form.wants().withAnySeats()),
              offer.eventId(),
              hearing.paying(offer.card()),
              sentence + " " + phrases.say(ReplyId.INSTEAD));
      case "PRICE_CHANGED" ->
          talk.propose(
              conversation.settled(form),
              form,
              offer.eventId(),
              hearing.paying(offer.card()),
              sentence);
      case "PAYMENT_DECLINED" -> {
        var other = Form.of(IntentId.BOOK_TICKETS, form.wants().withCard(""));
        yield new Say(
            conversation.settled(other).inviting(other), refusal(ReplyId.REFUSED, sentence));
      }
      case "SESSION_REQUIRED", "SESSION_EXPIRED" ->
          new Say(conversation.settled(form).inviting(form), refusal(ReplyId.REFUSED, sentence));
      case "SEAT_LIMIT_PER_BOOKING", "SEAT_LIMIT_PER_USER" -> {
        var fewer = Form.of(IntentId.BOOK_TICKETS, form.wants().withQuantity(0));
        yield new Say(
            conversation.settled(fewer.asking(SlotId.QUANTITY, sentence)),
            refusal(ReplyId.REFUSED, sentence).missing(SlotId.QUANTITY));
      }
      default -> new Say(conversation.settled(null), refusal(ReplyId.REFUSED, sentence));
    };
  }

  static String detail(Refusal refusal, String key) {
    return refusal.getDetailsList().stream()
        .filter(detail -> detail.getKey().equals(key))
        .map(Detail::getValue)
        .findFirst()
        .orElse("");
  }

  static String name(String eventId, String bookingId) {
    return "events/" + eventId + "/bookings/" + bookingId;
  }

  private Answer refusal(ReplyId reply, String sentence) {
    return phrases.answer(reply, "sentence", sentence);
  }
}
