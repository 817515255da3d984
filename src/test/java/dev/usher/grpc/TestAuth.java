package dev.usher.grpc;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.Principal;
import dev.usher.auth.Role;
import dev.usher.directory.DirectoryView;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * People who are logged in already: the token is the user's id. Keeps accounts in memory, hashes
 * nothing, and does not answer to {@link #NOBODY_ANSWERS}.
 */
final class TestAuth {
  static final String ALICE = "alice";
  static final String BOB = "bob";
  static final String ORGANIZER = "organizer";
  static final String FINANCE = "finance";
  static final String OPERATOR = "operator";
  static final String GATE = "gate";
  static final String BOX_OFFICE = "box-office";
  static final String NOBODY_ANSWERS = "nobody-answers";

  private final Map<String, Set<Role>> sessions =
      new HashMap<>(
          Map.of(
              ALICE, Set.of(Role.CUSTOMER),
              BOB, Set.of(Role.CUSTOMER),
              ORGANIZER, Set.of(Role.ORGANIZER),
              FINANCE, Set.of(Role.FINANCE),
              OPERATOR, Set.of(Role.OPERATOR),
              GATE, Set.of(Role.GATE),
              BOX_OFFICE, Set.of(Role.BOX_OFFICE)));
  private final Map<String, DirectoryView.User> users = new HashMap<>();

  private TestAuth() {}

  static Behavior<AuthProtocol.Request> create() {
    return Behaviors.setup(
        context -> {
          var auth = new TestAuth();
          return Behaviors.receiveMessage(
              request -> {
                auth.answer(request);
                return Behaviors.same();
              });
        });
  }

  private void answer(AuthProtocol.Request request) {
    switch (request) {
      case AuthProtocol.Authenticate who -> authenticate(who);
      case AuthProtocol.CreateUser create -> create(create);
      case AuthProtocol.Login login -> login(login);
      case AuthProtocol.Logout logout -> {
        sessions.remove(logout.sessionId());
        logout.replyTo().tell(new AuthProtocol.LoggedOut());
      }
      case AuthProtocol.GetUser get -> {
        var user = users.get(get.userId());
        get.replyTo()
            .tell(
                user == null
                    ? no("RESOURCE_NOT_FOUND", "There is no such user.")
                    : new AuthProtocol.FoundUser(user));
      }
    }
  }

  private void authenticate(AuthProtocol.Authenticate who) {
    var token = who.token().value();
    if (token.equals(NOBODY_ANSWERS)) {
      return;
    }
    var roles = sessions.get(token);
    who.replyTo()
        .tell(
            roles == null
                ? no("SESSION_EXPIRED", "The session has ended; log in again.")
                : new AuthProtocol.Authenticated(new Principal(token, token, roles)));
  }

  private void create(AuthProtocol.CreateUser create) {
    if (create.password().value().length() < 8) {
      create.replyTo().tell(no("PASSWORD_WEAK", "must have 8 characters"));
      return;
    }
    var roles = new TreeSet<String>();
    create.roles().forEach(role -> roles.add(role.name()));
    var user =
        new DirectoryView.User(
            create.email(), create.email(), create.displayName(), "", roles, 1_000, 0, 0);
    users.put(user.userId(), user);
    create.replyTo().tell(new AuthProtocol.UserCreated(user));
  }

  private void login(AuthProtocol.Login login) {
    var user = users.get(login.email());
    if (user == null) {
      login
          .replyTo()
          .tell(
              new AuthProtocol.Refused(
                  "LOGIN_THROTTLED", "Too many attempts.", Duration.ofSeconds(7)));
      return;
    }
    sessions.put(user.userId(), Set.of(Role.CUSTOMER));
    login
        .replyTo()
        .tell(
            new AuthProtocol.LoggedIn(
                user, user.userId(), new AuthProtocol.Secret(user.userId()), 1_000, 2_000));
  }

  private static AuthProtocol.Refused no(String reason, String message) {
    return new AuthProtocol.Refused(reason, message, Duration.ZERO);
  }
}
