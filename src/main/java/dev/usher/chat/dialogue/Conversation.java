package dev.usher.chat.dialogue;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Moment;
import dev.usher.chat.understanding.Situation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a conversation remembers. A value: each turn makes another.
 *
 * @param bornMs when it began, so that a conversation which comes again under the same id asks anew
 * @param round how many bookings and cancellations came to a definite end
 * @param invited true when the assistant asked last whether to book what the form says
 * @param misses how often in a row nothing was understood
 */
public record Conversation(
    String id,
    long bornMs,
    int round,
    @Nullable Form form,
    @Nullable Offer offer,
    boolean invited,
    int misses) {
  public static Conversation begin(String id, long bornMs) {
    return new Conversation(id, bornMs, 0, null, null, false, 0);
  }

  /** What the assistant did last, as the next message is understood by it. */
  public Situation situation() {
    if (offer != null) {
      return new Situation(Moment.READ_BACK, Set.of());
    } else if (invited) {
      return new Situation(Moment.INVITATION, Set.of());
    } else if (form == null) {
      return new Situation(Moment.OPENING, Set.of());
    } else if (form.requested() != null) {
      return Situation.asked(form.requested());
    }
    return new Situation(
        form.intent() == IntentId.FIND_EVENTS ? Moment.OFFER : Moment.ANSWER, Set.of());
  }

  /** The same for the same yes, another for any other. At most 128 characters. */
  String requestId(Offer confirmed) {
    return "chat-"
        + Fingerprint.of(id, Long.toString(bornMs), Integer.toString(round), confirmed.hash());
  }

  boolean openAttempt() {
    return offer != null && offer.attempted();
  }

  Conversation talkingOf(@Nullable Form now) {
    return new Conversation(id, bornMs, round, now, offer, false, misses);
  }

  Conversation inviting(Form now) {
    return new Conversation(id, bornMs, round, now, null, true, misses);
  }

  Conversation offering(Form now, Offer made) {
    return new Conversation(id, bornMs, round, now, made, false, misses);
  }

  Conversation withoutOffer() {
    return new Conversation(id, bornMs, round, form, null, false, misses);
  }

  /** An offer came to a definite end, good or bad. */
  Conversation settled(@Nullable Form next) {
    return new Conversation(id, bornMs, round + 1, next, null, false, misses);
  }

  Conversation withMisses(int count) {
    return new Conversation(id, bornMs, round, form, offer, invited, count);
  }
}
