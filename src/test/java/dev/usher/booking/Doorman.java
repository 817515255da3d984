package dev.usher.booking;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Authenticate;
import dev.usher.auth.Principal;
import dev.usher.auth.Role;
import dev.usher.directory.Directory;
import dev.usher.raft.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Lets in whoever has a session in the real directory; passwords are not its business. */
final class Doorman {
  private Doorman() {}

  static Behavior<AuthProtocol.Request> create(Directory directory) {
    return Behaviors.receive(AuthProtocol.Request.class)
        .onMessage(
            Authenticate.class,
            question -> {
              var digest = digest(question.token().value());
              directory
                  .read(view -> view.session(digest), question.timeout())
                  .whenComplete(
                      (session, failure) ->
                          question
                              .replyTo()
                              .tell(
                                  session != null && session.isPresent()
                                      ? new AuthProtocol.Authenticated(
                                          new Principal(
                                              session.get().userId(),
                                              session.get().sessionId(),
                                              Set.of(Role.CUSTOMER)))
                                      : new AuthProtocol.Refused(
                                          failure == null ? "SESSION_REQUIRED" : "NO_LEADER",
                                          "Log in.",
                                          Duration.ZERO)));
              return Behaviors.same();
            })
        .build();
  }

  static Bytes digest(String token) {
    try {
      return Bytes.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
