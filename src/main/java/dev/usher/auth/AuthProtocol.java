package dev.usher.auth;

import dev.usher.directory.DirectoryView;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** What {@link AuthActor} is asked and what it answers. No {@code toString} shows a secret. */
public final class AuthProtocol {
  private AuthProtocol() {}

  /** A text that must not be printed. */
  public record Secret(String value) {
    @Override
    public String toString() {
      return "Secret[…]";
    }
  }

  public sealed interface Request permits CreateUser, Login, Authenticate, Logout, GetUser {}

  /** Creates an account; {@code requestKey} as in Proposal, empty for none. */
  public record CreateUser(
      String email,
      String displayName,
      Secret password,
      Set<Role> roles,
      String requestKey,
      Duration timeout,
      ActorRef<CreateUserReply> replyTo)
      implements Request {}

  public sealed interface CreateUserReply {}

  public record UserCreated(DirectoryView.User user) implements CreateUserReply {}

  public record Login(String email, Secret password, Duration timeout, ActorRef<LoginReply> replyTo)
      implements Request {}

  public sealed interface LoginReply {}

  /** Logged in; the token is given this once. */
  public record LoggedIn(
      DirectoryView.User user, String sessionId, Secret token, long createTimeMs, long expireTimeMs)
      implements LoginReply {}

  /**
   * Who is it?
   *
   * @param linearizable false: this node's own copy answers, and only a token that it does not know
   *     is asked for in a linearizable way. Good for finding out who calls, not for letting in
   */
  public record Authenticate(
      Secret token, boolean linearizable, Duration timeout, ActorRef<AuthenticateReply> replyTo)
      implements Request {}

  public sealed interface AuthenticateReply {}

  public record Authenticated(Principal principal) implements AuthenticateReply {}

  /** Ends a session for every node at once; twice is as good as once. */
  public record Logout(
      String userId, String sessionId, Duration timeout, ActorRef<LogoutReply> replyTo)
      implements Request {}

  public sealed interface LogoutReply {}

  public record LoggedOut() implements LogoutReply {}

  public record GetUser(String userId, Duration timeout, ActorRef<GetUserReply> replyTo)
      implements Request {}

  public sealed interface GetUserReply {}

  public record FoundUser(DirectoryView.User user) implements GetUserReply {}

  /**
   * Not done.
   *
   * @param reason an ErrorInfo reason of the public API: SESSION_REQUIRED, SESSION_EXPIRED,
   *     CREDENTIALS_INVALID, LOGIN_THROTTLED, USER_EXISTS, PASSWORD_WEAK, EMAIL_MALFORMED,
   *     RESOURCE_NOT_FOUND, REQUEST_ID_REUSED, OVERLOADED, NO_LEADER, OUTCOME_UNKNOWN
   * @param message one sentence for the caller
   * @param retryAfter when to try again; zero when that is of no use
   */
  public record Refused(String reason, String message, Duration retryAfter)
      implements CreateUserReply, LoginReply, AuthenticateReply, LogoutReply, GetUserReply {}
}
