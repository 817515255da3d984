package dev.usher.booking;

import dev.usher.booking.Wanted.Price;

/**
 * T2: what a saga set out to do with money. In the journal before the provider hears of it.
 *
 * @param atMs when, milliseconds since 1970: the age of the provider's key
 * @param interactive whether the buyer can be sent to a page of the card's issuer
 */
record Intent(Wanted wanted, Price price, long atMs, boolean interactive) {
  String bookingId() {
    return wanted.bookingId();
  }
}
