package dev.usher.chat.dialogue;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Step.OwnBooking;
import dev.usher.chat.dialogue.Step.ReadBookings;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.proto.BookingRecord;
import java.util.ArrayList;
import java.util.List;

/** Lists the speaker's bookings and cancels one after a yes. */
final class OwnBookingsTalk {
  private final Phrases phrases;
  private final EventFinder finder;
  private final ReadBack readBack;

  OwnBookingsTalk(Phrases phrases, EventFinder finder, ReadBack readBack) {
    this.phrases = phrases;
    this.finder = finder;
    this.readBack = readBack;
  }

  Step list(Conversation conversation) {
    return new ReadBookings(bookings -> list(conversation, bookings));
  }

  private Step list(Conversation conversation, List<OwnBooking> bookings) {
    if (bookings.isEmpty()) {
      return new Say(conversation, phrases.answer(ReplyId.NO_BOOKINGS));
    }
    var lines = new ArrayList<String>();
    bookings.stream().limit(EventTalk.LINES_MAX).map(this::line).forEach(lines::add);
    if (bookings.size() > EventTalk.LINES_MAX) {
      String count = Integer.toString(bookings.size() - EventTalk.LINES_MAX);
      lines.add(phrases.say(ReplyId.MORE_BOOKINGS, "count", count));
    }
    var answer = phrases.answer(ReplyId.BOOKINGS, "lines", String.join("\n", lines));
    return new Say(conversation, answer);
  }

  /** Reads back the booking that is meant, or asks which. */
  Step cancel(Conversation conversation, Wants wants) {
    return new ReadBookings(bookings -> cancel(conversation, wants, bookings));
  }

  private Step cancel(Conversation conversation, Wants wants, List<OwnBooking> bookings) {
    var live = bookings.stream().filter(OwnBookingsTalk::isLive).toList();
    var meant = live.stream().filter(own -> fits(own, wants)).toList();
    if (live.isEmpty()) {
      var answer = phrases.answer(ReplyId.NOTHING_TO_CANCEL);
      return new Say(conversation.withoutOffer().talkingOf(null), answer);
    }
    return meant.size() == 1
        ? readBack(conversation, meant.getFirst())
        : which(conversation, meant.isEmpty() ? live : meant);
  }

  /** Reads back one of those that were offered under numbers. */
  Step chosen(Conversation conversation, String bookingName) {
    return new ReadBookings(
        bookings ->
            bookings.stream()
                .filter(own -> isLive(own) && key(own).equals(bookingName))
                .findFirst()
                .<Step>map(own -> readBack(conversation, own))
                .orElseGet(() -> cancel(conversation, Wants.NOTHING, bookings)));
  }

  private Step which(Conversation conversation, List<OwnBooking> live) {
    var shown = live.stream().limit(EventTalk.LINES_MAX).toList();
    var lines = shown.stream().map(this::line).toList();
    var answer =
        phrases
            .answer(ReplyId.WHICH_BOOKING, "lines", phrases.numbered(lines))
            .missing(SlotId.CHOICE)
            .suggesting(phrases.choices(lines));
    var keys = shown.stream().map(OwnBookingsTalk::key).toList();
    var form = Form.of(IntentId.CANCEL_BOOKING, Wants.NOTHING).offering(keys, answer.text());
    return new Say(conversation.withoutOffer().talkingOf(form), answer);
  }

  /** What the log would refuse is said before the question; it has the last word all the same. */
  private Say readBack(Conversation conversation, OwnBooking own) {
    if (own.booking().getRedemptionsCount() > 0) {
      return new Say(
          conversation.withoutOffer().talkingOf(null), refused("TICKET_ALREADY_REDEEMED"));
    }
    var form = Form.of(IntentId.CANCEL_BOOKING, Wants.NOTHING);
    var offer = Offer.OfCancellation.of(own.booking(), own.event());
    return new Say(conversation.offering(form, offer), readBack.of(offer));
  }

  /** A yes: cancels when the booking still is as it was read back. */
  Step confirm(Conversation conversation, Offer.OfCancellation offer) {
    if (offer.attempted()) {
      return cancelling(conversation, offer);
    }
    return new ReadBookings(
        bookings -> {
          boolean unchanged =
              bookings.stream()
                  .filter(OwnBookingsTalk::isLive)
                  .map(own -> Offer.OfCancellation.of(own.booking(), own.event()))
                  .anyMatch(now -> now.hash().equals(offer.hash()));
          return unchanged
              ? cancelling(conversation, offer)
              : cancel(conversation.withoutOffer(), Wants.NOTHING, bookings)
                  .lastly(say -> changed(say));
        });
  }

  private Say changed(Say say) {
    var answer = say.answer().after(phrases.say(ReplyId.BOOKING_CHANGED));
    return new Say(say.conversation(), answer);
  }

  private Step cancelling(Conversation conversation, Offer.OfCancellation offer) {
    var form = Form.of(IntentId.CANCEL_BOOKING, Wants.NOTHING);
    return new Step.Cancel(
        conversation.offering(form, offer.attempt()),
        conversation.requestId(offer),
        offer.eventId(),
        offer.bookingId(),
        result -> told(conversation, offer, result));
  }

  private Step told(Conversation conversation, Offer.OfCancellation offer, Bookings.Result result) {
    return switch (result) {
      case Bookings.Booked booked -> {
        var booking = booked.booking();
        String name = BookingOutcome.name(booking.getEventId(), booking.getBookingId());
        var answer =
            phrases.answer(
                offer.refundMinor() == 0 ? ReplyId.CANCELLED_FREE : ReplyId.CANCELLED,
                "event",
                offer.event().isEmpty() ? phrases.say(ReplyId.UNKNOWN_EVENT) : offer.event(),
                "seats",
                phrases.list(offer.seatIds()),
                "total",
                phrases.money(offer.refundMinor(), offer.currency()));
        yield new Say(conversation.settled(null), answer.about(name));
      }
      case Bookings.Refused refused -> {
        yield new Say(conversation.settled(null), refused(refused.refusal().getReason()));
      }
      case Bookings.PaymentUnknown unknown -> open(conversation, offer, "OUTCOME_UNKNOWN");
      case Bookings.Authorizing authorizing -> open(conversation, offer, "OUTCOME_UNKNOWN");
      case Bookings.Unavailable unavailable -> open(conversation, offer, unavailable.reason());
    };
  }

  private Answer refused(String reason) {
    return phrases.answer(ReplyId.REFUSED, "sentence", phrases.refusal(reason, ""));
  }

  private Say open(Conversation conversation, Offer.OfCancellation offer, String reason) {
    var answer = phrases.answer(ReplyId.UNAVAILABLE, "sentence", phrases.refusal(reason, ""));
    var form = Form.of(IntentId.CANCEL_BOOKING, Wants.NOTHING);
    return new Say(conversation.offering(form, offer.attempt()), answer);
  }

  private boolean fits(OwnBooking own, Wants wants) {
    return own.event().map(event -> finder.fits(event, wants)).orElse(wants.equals(Wants.NOTHING));
  }

  private static boolean isLive(OwnBooking own) {
    var state = own.booking().getState();
    return state == BookingRecord.State.STATE_COMMITTED
        || state == BookingRecord.State.STATE_CONFIRMED;
  }

  private static String key(OwnBooking own) {
    return own.booking().getEventId() + "/" + own.booking().getBookingId();
  }

  private String title(OwnBooking own) {
    return own.event().map(Event::displayName).orElseGet(() -> phrases.say(ReplyId.UNKNOWN_EVENT));
  }

  private String line(OwnBooking own) {
    return phrases.say(ReplyId.BOOKING_LINE, describe(own.booking(), own));
  }

  private static ReplyId refund(BookingRecord booking) {
    if (booking.getRefundOwed()) {
      return ReplyId.STATE_REFUND_OWED;
    }
    return booking.getRefundedMinor() > 0 ? ReplyId.STATE_REFUNDED : ReplyId.STATE_CANCELLED;
  }

  private String[] describe(BookingRecord booking, OwnBooking own) {
    var state =
        switch (booking.getState()) {
          case STATE_COMMITTED -> ReplyId.STATE_COMMITTED;
          case STATE_CONFIRMED -> ReplyId.STATE_CONFIRMED;
          case STATE_CANCELLED -> refund(booking);
          case STATE_RELEASED, STATE_FENCED, STATE_REJECTED, STATE_UNSPECIFIED, UNRECOGNIZED ->
              ReplyId.STATE_CANCELLED;
        };
    return new String[] {
      "event", title(own),
      "date", own.event().map(event -> phrases.date(event.startTimeMs())).orElse(""),
      "seats", phrases.list(booking.getSeatIdsList()),
      "total", phrases.money(booking.getTotalMinor(), booking.getCurrency()),
      "state", phrases.say(state)
    };
  }
}
