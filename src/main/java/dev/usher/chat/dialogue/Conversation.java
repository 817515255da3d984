package dev.usher.chat.dialogue;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Moment;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Situation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a conversation remembers. A value: each turn makes another.
 *
 * @param bornMs when it began, so that a conversation which comes again under the same id asks anew
 * @param turn how many messages it has heard
 * @param round how many bookings and cancellations came to a definite end
 * @param held seats that wait for a yes
 * @param invited true when the assistant asked last whether to book what the form says
 * @param doubt what could have been meant, when that was asked
 * @param moment what the assistant did last
 * @param misses how often in a row nothing was understood
 * @param speech the language that is spoken
 */
public record Conversation(
    String id,
    long bornMs,
    int turn,
    int round,
    @Nullable Form form,
    @Nullable Offer offer,
    @Nullable Held held,
    boolean invited,
    int misses,
    @Nullable Doubt doubt,
    Moment moment,
    Speech speech) {
  public static Conversation begin(String id, long bornMs) {
    return new Conversation(
        id, bornMs, 0, 0, null, null, null, false, 0, null, Moment.OPENING, Speech.UNKNOWN);
  }

  /** What the assistant did last, as the next message is understood by it. */
  public Situation situation() {
    return Moments.situation(this);
  }

  /** What the assistant asked for last. */
  @Nullable SlotId requested() {
    return form == null ? null : form.requested();
  }

  /** Of what was read back and waits for a yes, or empty. */
  public String confirmationToken() {
    return offer == null ? "" : offer.hash();
  }

  /** Seats to let go when it ends here. */
  public Optional<Held> abandoned() {
    return openAttempt() ? Optional.empty() : Optional.ofNullable(held);
  }

  /** The same for the same yes, another for any other. At most 128 characters. */
  String requestId(Offer confirmed) {
    return "chat-"
        + Fingerprint.of(id, Long.toString(bornMs), Integer.toString(round), confirmed.hash());
  }

  /** The same when a turn is done again, another for other seats. At most 128 characters. */
  String holdId(String eventId, String seats) {
    return "chat-"
        + Fingerprint.of(id, Long.toString(bornMs), Integer.toString(turn), eventId, seats);
  }

  boolean openAttempt() {
    return offer != null && offer.attempted();
  }

  /** True when it is about booking. */
  boolean booking() {
    return form != null && form.intent() == IntentId.BOOK_TICKETS;
  }

  /** True when the next message may name a card: one was asked for, or one was read back. */
  public boolean choosesCard() {
    return offer instanceof Offer.OfBooking booking
        ? !booking.attempted() && booking.totalMinor() > 0
        : offer == null && form != null && form.asksForCard();
  }

  Conversation nextTurn() {
    return new Conversation(
        id, bornMs, turn + 1, round, form, offer, held, invited, misses, null, moment, speech);
  }

  Conversation talkingOf(@Nullable Form now) {
    return new Conversation(
        id, bornMs, turn, round, now, offer, held, false, misses, doubt, moment, speech);
  }

  Conversation inviting(Form now) {
    return new Conversation(
        id, bornMs, turn, round, now, null, held, true, misses, doubt, moment, speech);
  }

  Conversation offering(Form now, Offer made) {
    return new Conversation(
        id, bornMs, turn, round, now, made, held, false, misses, doubt, moment, speech);
  }

  Conversation withoutOffer() {
    return new Conversation(
        id, bornMs, turn, round, form, null, held, false, misses, doubt, moment, speech);
  }

  Conversation holding(@Nullable Held seats) {
    return new Conversation(
        id, bornMs, turn, round, form, offer, seats, invited, misses, doubt, moment, speech);
  }

  /** An offer doesn't outlive a change of subject: a later yes would be a yes to something else. */
  Conversation passing() {
    return openAttempt() ? this : withoutOffer();
  }

  /** An offer came to a definite end, good or bad. */
  Conversation settled(@Nullable Form next) {
    return new Conversation(
        id, bornMs, turn, round + 1, next, null, held, false, misses, doubt, moment, speech);
  }

  Conversation wondering(Doubt which) {
    return new Conversation(
        id, bornMs, turn, round, form, offer, held, invited, misses, which, moment, speech);
  }

  /** In another language what was asked is no longer worded. */
  public Conversation speaking(Speech now) {
    var unworded =
        form == null || now.language().equals(speech.language()) ? form : form.unworded();
    return new Conversation(
        id, bornMs, turn, round, unworded, offer, held, invited, misses, doubt, moment, now);
  }

  Conversation at(Moment now) {
    return new Conversation(
        id, bornMs, turn, round, form, offer, held, invited, misses, doubt, now, speech);
  }

  Conversation withMisses(int count) {
    return new Conversation(
        id, bornMs, turn, round, form, offer, held, invited, count, doubt, moment, speech);
  }
}
