package dev.usher.directory;

import dev.usher.raft.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts, sessions and payment methods as readers see them. Live: use it only inside a query of a
 * {@link dev.usher.replica.Replica}; what it returns is immutable and may leave.
 */
public interface DirectoryView {
  long revision();

  /** Log time, milliseconds since 1970. */
  long timeMs();

  /** How many accounts there are. */
  int userCount();

  Optional<User> user(String userId);

  /** The account of a lower-case address. */
  Optional<User> userByEmail(String email);

  /** A session that has neither ended nor been deleted. */
  Optional<Session> session(Bytes tokenSha256);

  Optional<PaymentMethod> paymentMethod(String paymentMethodId);

  /** Whether there is such a payment method, and it is this user's own. */
  default boolean ownsPaymentMethod(String userId, String paymentMethodId) {
    return paymentMethod(paymentMethodId).filter(m -> m.userId().equals(userId)).isPresent();
  }

  /** A user's payment methods, by id. */
  List<PaymentMethod> paymentMethodsOf(String userId);

  /** What persistent actors wrote. */
  JournalView journal();

  /**
   * An account.
   *
   * @param passwordHash Argon2id, encoded
   * @param roles names without the prefix, for example CUSTOMER
   * @param lockedUntilMs log time before which no login succeeds; 0 when not locked
   */
  record User(
      String userId,
      String email,
      String displayName,
      String passwordHash,
      Set<String> roles,
      long createTimeMs,
      int loginFailures,
      long lockedUntilMs) {
    @Override
    public String toString() {
      return "User[" + userId + "]";
    }
  }

  record Session(String sessionId, String userId, long createTimeMs, long expireTimeMs) {}

  /**
   * A card that somebody may pay with.
   *
   * @param expMonth 1 to 12, or 0 when it is not known
   * @param expYear four digits, or 0
   */
  record PaymentMethod(
      String paymentMethodId,
      String userId,
      String brand,
      String last4,
      int expMonth,
      int expYear) {}
}
