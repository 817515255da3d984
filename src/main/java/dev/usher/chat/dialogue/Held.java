package dev.usher.chat.dialogue;

import org.jspecify.annotations.Nullable;

/** Seats that this conversation holds. They are let go as soon as nothing on offer needs them. */
public record Held(String eventId, String holdId) {
  boolean isFor(@Nullable Offer offer) {
    return offer instanceof Offer.OfBooking booking && booking.holdId().equals(holdId);
  }
}
