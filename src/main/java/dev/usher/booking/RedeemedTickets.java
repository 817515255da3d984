package dev.usher.booking;

import dev.usher.booking.Audit.Difference;
import dev.usher.booking.Audit.Promise;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** G11 of the audit: who was let in was let in once, and the booking and its money were kept. */
final class RedeemedTickets {
  private RedeemedTickets() {}

  /**
   * What is wrong with a booking's redeemed tickets.
   *
   * @param payment at the provider, as far as it knows one
   */
  static List<Difference> check(String name, BookingRecord booking, Optional<Payment> payment) {
    if (booking.getRedemptionsCount() == 0) {
      return List.of();
    }
    var found = new ArrayList<String>();
    if (booking.getState() != State.STATE_CONFIRMED) {
      found.add("redeemed, but its booking is " + booking.getState());
    }
    long refunded =
        Math.max(booking.getRefundedMinor(), payment.map(Payment::refundedMinor).orElse(0L));
    if (refunded > 0) {
      found.add("redeemed, but " + refunded + " were refunded");
    }
    var seen = new HashSet<String>();
    for (var redemption : booking.getRedemptionsList()) {
      if (!booking.getSeatIdsList().contains(redemption.getSeatId())) {
        found.add("redeemed: seat " + redemption.getSeatId() + ", which is not of the booking");
      }
      if (!seen.add(redemption.getSeatId())) {
        found.add("redeemed twice: seat " + redemption.getSeatId());
      }
    }
    return found.stream()
        .map(what -> new Difference(Promise.REDEEMED_MEANS_KEPT, name, what))
        .toList();
  }
}
