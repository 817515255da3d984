package dev.usher.chat.dialogue;

import dev.usher.chat.language.ReplyId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads back what is about to be done, in words made of the offer alone. */
final class ReadBack {
  private static final String CREATE_BOOKING = "usher.booking.v1.BookingService/CreateBooking";
  private static final String CANCEL_BOOKING = "usher.booking.v1.BookingService/CancelBooking";

  private final Phrases phrases;

  ReadBack(Phrases phrases) {
    this.phrases = phrases;
  }

  Answer of(Offer offer) {
    return switch (offer) {
      case Offer.OfBooking booking -> of(booking);
      case Offer.OfCancellation cancellation -> of(cancellation);
    };
  }

  private Answer of(Offer.OfBooking offer) {
    boolean free = offer.totalMinor() == 0;
    var answer =
        phrases.answer(
            free ? ReplyId.READ_BACK_FREE : ReplyId.READ_BACK,
            "event",
            offer.event(),
            "date",
            phrases.date(offer.startTimeMs()),
            "venue",
            offer.venue(),
            "tickets",
            phrases.tickets(offer.seatIds().size()),
            "seats",
            phrases.list(offer.seatIds()),
            "prices",
            prices(offer.pricesMinor(), offer.currency()),
            "total",
            phrases.money(offer.totalMinor(), offer.currency()),
            "payment",
            phrases.card(offer.card()),
            "until",
            phrases.time(offer.holdEndMs()));
    var hold = "events/" + offer.eventId() + "/holds/" + offer.holdId();
    var arguments = Map.of("parent", "events/" + offer.eventId(), "hold", hold);
    return answer.calling(
        CREATE_BOOKING,
        free ? arguments : with(arguments, "payment_method", offer.card().paymentMethodId()));
  }

  private static Map<String, String> with(Map<String, String> all, String field, String id) {
    var more = new TreeMap<>(all);
    more.put(field, "paymentMethods/" + id);
    return more;
  }

  /** One price, or how many tickets there are at each. */
  private String prices(List<Long> pricesMinor, String currency) {
    var counts = new TreeMap<Long, Integer>();
    pricesMinor.forEach(price -> counts.merge(price, 1, Integer::sum));
    if (counts.size() == 1) {
      return phrases.say(ReplyId.PRICE_EACH, "price", phrases.money(counts.firstKey(), currency));
    }
    return phrases.list(
        counts.descendingMap().entrySet().stream()
            .map(
                entry ->
                    phrases.say(
                        ReplyId.PRICE_OF_SOME,
                        "count",
                        Integer.toString(entry.getValue()),
                        "price",
                        phrases.money(entry.getKey(), currency)))
            .toList());
  }

  private Answer of(Offer.OfCancellation offer) {
    var answer =
        phrases.answer(
            offer.refundMinor() == 0 ? ReplyId.CANCEL_READ_BACK_FREE : ReplyId.CANCEL_READ_BACK,
            "event",
            offer.event().isEmpty() ? phrases.say(ReplyId.UNKNOWN_EVENT) : offer.event(),
            "date",
            offer.startTimeMs() == 0 ? "" : phrases.date(offer.startTimeMs()),
            "seats",
            phrases.list(offer.seatIds()),
            "total",
            phrases.money(offer.refundMinor(), offer.currency()));
    String name = BookingOutcome.name(offer.eventId(), offer.bookingId());
    return answer.calling(CANCEL_BOOKING, Map.of("name", name));
  }
}
