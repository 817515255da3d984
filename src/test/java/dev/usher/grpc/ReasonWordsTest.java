package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.LanguageReader;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assistant has words, with a next step, for every reason that a conversation can meet. */
class ReasonWordsTest {
  /** Those of other calls, and those that only a fault of the house's own can cause. */
  private static final Set<Reason> ELSEWHERE =
      EnumSet.of(
          Reason.HOLD_MAX_TTL,
          Reason.BOOKING_PAID,
          Reason.TICKET_UNPAID,
          Reason.TICKET_CANCELLED,
          Reason.PAYMENT_OF_BOOKING,
          Reason.PAYMENT_STATE,
          Reason.JOURNAL_CONFLICT,
          Reason.JOURNAL_FULL,
          Reason.TRANSFER_ABORTED,
          Reason.MEMBER_NOT_POSSIBLE,
          Reason.MEMBER_NOT_YET,
          Reason.ETAG_MISMATCH,
          Reason.MESSAGE_TOO_LARGE,
          Reason.LOGIN_THROTTLED,
          Reason.GROUP_FULL,
          Reason.DIRECTORY_FULL,
          Reason.PAYMENT_METHOD_LIMIT,
          Reason.FIELD_INVALID,
          Reason.MALFORMED_COMMAND,
          Reason.PASSWORD_WEAK,
          Reason.EMAIL_MALFORMED,
          Reason.REVISION_COMPACTED,
          Reason.METHOD_UNKNOWN,
          Reason.ENCODING_UNSUPPORTED,
          Reason.CREDENTIALS_INVALID,
          Reason.ROLE_REQUIRED,
          Reason.VENUE_EXISTS,
          Reason.EVENT_EXISTS,
          Reason.USER_EXISTS,
          Reason.SESSION_EXISTS,
          Reason.PAYMENT_METHOD_EXISTS,
          Reason.DEADLINE_PASSED,
          Reason.CALL_CANCELLED,
          Reason.CAPTURE_MISMATCH,
          Reason.PAYMENT_MISMATCH,
          Reason.REFUND_EXCEEDS_CAPTURE,
          Reason.REFUND_NOT_OWED,
          Reason.INTERNAL);

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyReasonHasASentenceOfItsOwn(String language) {
    var words = LanguageReader.shipped(language).refusals();

    for (var reason : EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE))) {
      String sentence = words.getOrDefault(reason.name(), "");
      assertThat(sentence.split("[.!:] ").length)
          .as("%s: what happened and what to do: %s", reason, sentence)
          .isGreaterThan(1);
    }
  }
}
