package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.understanding.CardWish;
import dev.usher.chat.understanding.Understood;
import java.time.ZoneId;
import java.util.List;

/**
 * Decides what a message does to a conversation. Pure: reads, bookings and cancellations are steps
 * that somebody else carries out, so the same messages and the same answers to these steps always
 * give the same words. Safe for any thread.
 */
public final class Dialogue {
  private final Phrases phrases;
  private final CatalogueTalk catalogueTalk;
  private final BookingTalk bookingTalk;
  private final YesTalk yesTalk;
  private final OwnBookingsTalk ownBookings;
  private final Resumption resumption;
  private final ValuesTalk values;
  private final LanguageTalk languageTalk;
  private final CardTalk cardTalk;

  /**
   * A dialogue in one language.
   *
   * @param zone of the house: days are its days
   */
  public Dialogue(Language language, ZoneId zone) {
    this.phrases = new Phrases(language, zone);
    var finder = new EventFinder(zone);
    var events = new EventTalk(phrases, finder);
    this.catalogueTalk = new CatalogueTalk(phrases, finder, events);
    var readBack = new ReadBack(phrases);
    this.bookingTalk = new BookingTalk(phrases, events, readBack);
    this.yesTalk = new YesTalk(phrases, bookingTalk, readBack);
    this.cardTalk = new CardTalk(phrases, bookingTalk, readBack);
    this.ownBookings = new OwnBookingsTalk(phrases, finder, readBack);
    this.resumption = new Resumption(phrases, readBack);
    this.languageTalk = new LanguageTalk(phrases, bookingTalk, ownBookings, readBack);
    this.values =
        new ValuesTalk(
            phrases, catalogueTalk, bookingTalk, ownBookings, language.thresholds().doubt());
  }

  /**
   * A sentence outside any conversation's course, for example that the speaker is not its owner.
   */
  public Answer aside(ReplyId reply) {
    return phrases.answer(reply);
  }

  /** What was said before this turn and still counts, for the answer's slots. */
  public List<Wants.Carried> carried(Conversation conversation) {
    var form = conversation.form();
    return form == null ? List.of() : form.wants().carried();
  }

  /** The first step of a turn. */
  public Step hear(Conversation conversation, Hearing hearing) {
    var now = conversation.nextTurn();
    var doubt = conversation.doubt();
    var meant =
        doubt == null
            ? hearing
            : doubt.settledBy(hearing.understood()).map(hearing::meaning).orElse(hearing);
    return ended(mean(now, meant).lastly(say -> resumption.of(now, meant, say)));
  }

  /** The first step of a turn that asked for this language, and for nothing else. */
  public Step changeLanguage(Conversation conversation, Hearing hearing) {
    return ended(languageTalk.changed(conversation.nextTurn(), hearing));
  }

  /**
   * The first step of a turn that named a card to pay with, and said nothing else; only while one
   * {@linkplain Conversation#choosesCard can be chosen}.
   */
  public Step pay(Conversation conversation, Hearing hearing, CardWish wish) {
    return ended(cardTalk.named(conversation.nextTurn().withMisses(0), hearing, wish));
  }

  private static Step ended(Step step) {
    return step.lastly(say -> new Say(at(say), say.answer())).lastly(Dialogue::letGo);
  }

  private static Conversation at(Say say) {
    return say.conversation().at(Moments.after(say.conversation(), say.answer().id()));
  }

  /** Seats that nothing waits for are free again at once. */
  private static Step letGo(Step.Say say) {
    var now = say.conversation();
    var held = now.held();
    var form = now.form();
    boolean asked = now.invited() || (form != null && form.asksForCard());
    return held == null || asked || held.isFor(now.offer())
        ? say
        : new Step.Release(held, () -> new Say(now.holding(null), say.answer()));
  }

  private Step mean(Conversation conversation, Hearing hearing) {
    var heard = hearing.understood();
    var attentive =
        heard.intent() == IntentId.OUT_OF_SCOPE ? conversation : conversation.withMisses(0);
    if (heard.decision() == Understood.Decision.ASK_WHICH) {
      return askWhich(attentive, heard);
    }
    return switch (heard.intent()) {
      case GREET -> remark(attentive, ReplyId.GREETING);
      case THANK -> remark(attentive, ReplyId.THANKS);
      case GOODBYE -> remark(attentive, ReplyId.GOODBYE);
      case HELP -> remark(attentive, ReplyId.HELP);
      case SMALLTALK -> remark(attentive, ReplyId.SMALLTALK);
      case UNSURE -> remark(attentive, ReplyId.UNSURE);
      case HUMAN_AGENT -> remark(attentive, ReplyId.HUMAN_AGENT);
      case REFUND_POLICY -> remark(attentive, ReplyId.REFUND_POLICY);
      case CANCELLATION_POLICY -> remark(attentive, ReplyId.CANCELLATION_POLICY);
      case CHANGE_BOOKING -> remark(attentive, ReplyId.CHANGE_BOOKING);
      case TRANSFER_OR_SELL -> remark(attentive, ReplyId.TRANSFER_OR_SELL);
      case PAY -> remark(attentive, ReplyId.PAY);
      case PAYMENT_METHODS -> remark(attentive, ReplyId.PAYMENT_METHODS);
      case PAYMENT_ISSUE -> remark(attentive, ReplyId.PAYMENT_ISSUE);
      case DELIVERY -> remark(attentive, ReplyId.DELIVERY);
      case PRIVACY_POLICY -> remark(attentive, ReplyId.PRIVACY_POLICY);
      case REPEAT -> repeat(attentive, hearing.lastText());
      case FIND_EVENTS -> catalogueTalk.find(attentive, found(hearing), hearing.catalogue());
      case EVENT_INFO ->
          catalogueTalk.find(attentive, spokenOf(attentive, hearing), hearing.catalogue());
      case REQUEST_ALTERNATIVES -> others(attentive, hearing);
      case CHECK_AVAILABILITY, ASK_PRICE -> look(attentive, heard.intent(), hearing);
      case BOOK_TICKETS -> attentive.openAttempt() ? open(attentive) : book(attentive, hearing);
      case MY_BOOKINGS, REFUND_STATUS -> ownBookings.list(attentive);
      case CANCEL_BOOKING, REFUND_REQUEST ->
          attentive.openAttempt()
              ? open(attentive)
              : ownBookings.cancel(attentive.passing(), Wants.NOTHING.with(heard));
      case AFFIRM -> affirmed(attentive, hearing);
      case DENY -> changes(attentive, heard) ? values.inform(attentive, hearing) : deny(attentive);
      case ABORT -> abort(attentive);
      case INFORM ->
          heard.entities().isEmpty()
              ? values.notUnderstood(conversation, heard)
              : values.inform(attentive, hearing);
      case OUT_OF_SCOPE -> values.notUnderstood(attentive, heard);
    };
  }

  private static boolean changes(Conversation conversation, Understood heard) {
    return !heard.entities().isEmpty() && conversation.form() != null;
  }

  /** "Do you want this or that?", to be answered by number or in other words. */
  private Step askWhich(Conversation conversation, Understood heard) {
    var first = phrases.intent(heard.likeliest());
    var second = phrases.intent(heard.second());
    var answer =
        phrases.answer(
            ReplyId.WHICH_INTENT, "first", first.description(), "second", second.description());
    return new Say(
        conversation.wondering(Doubt.of(heard)),
        answer.suggesting(phrases.choices(List.of(first.description(), second.description()))));
  }

  private Step repeat(Conversation conversation, String lastText) {
    return lastText.isEmpty()
        ? remark(conversation, ReplyId.HELP)
        : new Say(conversation, phrases.answer(ReplyId.REPEAT, "text", lastText));
  }

  private Step others(Conversation conversation, Hearing hearing) {
    if (conversation.openAttempt()) {
      return open(conversation);
    }
    if (changes(conversation, hearing.understood())) {
      return values.inform(conversation, hearing);
    }
    return conversation.offer() instanceof Offer.OfBooking offer
        ? bookingTalk.others(conversation, offer, hearing)
        : catalogueTalk.find(conversation, found(hearing), hearing.catalogue());
  }

  private Step remark(Conversation conversation, ReplyId reply) {
    return new Say(conversation, phrases.answer(reply));
  }

  private static Wants found(Hearing hearing) {
    return Wants.NOTHING.with(hearing.understood());
  }

  /** "When does it start?" is about the event that is being talked of. */
  private static Wants spokenOf(Conversation conversation, Hearing hearing) {
    var wants = found(hearing);
    return wants.eventIds().isEmpty() ? wants.withEvents(known(conversation).eventIds()) : wants;
  }

  /** What is known from before, unless it was about cancelling or finding. */
  private static Wants known(Conversation conversation) {
    var form = conversation.form();
    return form == null || form.intent() == IntentId.CANCEL_BOOKING ? Wants.NOTHING : form.wants();
  }

  private Step look(Conversation conversation, IntentId intent, Hearing hearing) {
    var before = known(conversation).withoutSeats();
    var heard = before.with(hearing.understood());
    // "a ticket" in a question is no number of tickets
    boolean one = heard.seats().isEmpty() && heard.quantity() == 1;
    var wants = one ? heard.withQuantity(before.quantity()) : heard;
    return intent == IntentId.ASK_PRICE
        ? catalogueTalk.price(conversation, wants, hearing.catalogue())
        : catalogueTalk.availability(conversation, wants, hearing.catalogue());
  }

  private Step book(Conversation conversation, Hearing hearing) {
    return bookingTalk.goOn(conversation, known(conversation).with(hearing.understood()), hearing);
  }

  private Step open(Conversation conversation) {
    return new Say(conversation, phrases.answer(ReplyId.ATTEMPT_OPEN));
  }

  /** "Yes, but for three" changes what was proposed; "yes, two" begins the booking asked about. */
  private Step affirmed(Conversation conversation, Hearing hearing) {
    if (!changes(conversation, hearing.understood())) {
      return affirm(conversation, hearing);
    }
    return conversation.invited()
        ? book(conversation, hearing)
        : values.inform(conversation, hearing);
  }

  private Step affirm(Conversation conversation, Hearing hearing) {
    var token = hearing.confirmationToken();
    if (!token.isEmpty() && !token.equals(conversation.confirmationToken())) {
      return yesTalk.stale(conversation);
    }
    return switch (conversation.offer()) {
      case Offer.OfBooking offer -> yesTalk.confirm(conversation, offer, hearing);
      case Offer.OfCancellation offer -> ownBookings.confirm(conversation, offer);
      case null -> {
        yield conversation.invited() || conversation.booking()
            ? bookingTalk.goOn(conversation, known(conversation), hearing)
            : new Say(conversation, phrases.answer(ReplyId.NOTHING_TO_CONFIRM));
      }
    };
  }

  private Step deny(Conversation conversation) {
    var form = conversation.form();
    return switch (conversation.offer()) {
      case null -> new Say(conversation.talkingOf(form), phrases.answer(ReplyId.NOTHING_TO_DENY));
      case Offer offer when offer.attempted() -> left(conversation);
      case Offer.OfBooking offer ->
          new Say(conversation.withoutOffer(), phrases.answer(ReplyId.OFFER_DECLINED));
      case Offer.OfCancellation offer ->
          new Say(
              conversation.withoutOffer().talkingOf(null),
              phrases.answer(ReplyId.CANCELLATION_KEPT));
    };
  }

  private Step left(Conversation conversation) {
    return new Say(conversation.settled(null), phrases.answer(ReplyId.ATTEMPT_LEFT));
  }

  private Step abort(Conversation conversation) {
    if (conversation.openAttempt()) {
      return left(conversation);
    }
    var form = conversation.form();
    boolean busy =
        form != null
            && (form.intent() == IntentId.BOOK_TICKETS
                || form.intent() == IntentId.CANCEL_BOOKING
                || form.requested() != null);
    return new Say(
        conversation.withoutOffer().talkingOf(null),
        phrases.answer(busy ? ReplyId.ABORTED : ReplyId.NOTHING_TO_ABORT));
  }
}
