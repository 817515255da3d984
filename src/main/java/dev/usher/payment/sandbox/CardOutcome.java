package dev.usher.payment.sandbox;

import java.util.Optional;

/** What happens to a card when money is reserved on it: all that the ledger keeps of its number. */
enum CardOutcome {
  APPROVED("", "", ""),
  GENERIC_DECLINE("card_declined", "generic_decline", "Your card was declined."),
  INSUFFICIENT_FUNDS("card_declined", "insufficient_funds", "Your card has insufficient funds."),
  LOST_CARD("card_declined", "lost_card", "Your card was declined."),
  STOLEN_CARD("card_declined", "stolen_card", "Your card was declined."),
  EXPIRED_CARD("expired_card", "expired_card", "Your card has expired."),
  INCORRECT_CVC("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."),
  PROCESSING_ERROR(
      "processing_error", "processing_error", "An error occurred while processing your card."),
  /** 3-D Secure: its owner authenticates, then it is good. */
  AUTHENTICATE("", "", ""),
  /** 3-D Secure: its owner authenticates, and then it is declined all the same. */
  AUTHENTICATE_IN_VAIN("card_declined", "generic_decline", "Your card was declined.");

  private final String code;
  private final String declineCode;
  private final String message;

  CardOutcome(String code, String declineCode, String message) {
    this.code = code;
    this.declineCode = declineCode;
    this.message = message;
  }

  /** Whether the owner has to authenticate first. */
  boolean authenticates() {
    return this == AUTHENTICATE || this == AUTHENTICATE_IN_VAIN;
  }

  /** The refusal, after authentication if there is any; or nothing when the card is good. */
  Optional<ApiError> refusal() {
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(ApiError.card(code, declineCode, message, null));
  }
}
