package dev.usher.booking;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Authenticate;
import dev.usher.auth.AuthProtocol.AuthenticateReply;
import dev.usher.auth.AuthProtocol.Secret;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * T0: linearizable, so that a session that was ended on any node is ended here. It brings this
 * node's copy of the log up to date, too, from which the saga recovers right after
 * (docs/journal.md).
 */
public final class SessionCheck {
  /** How long the auth room may be silent beyond the time it was given. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Scheduler scheduler;
  private final ActorRef<AuthProtocol.Request> auth;

  /**
   * @param scheduler of an actor system that outlives those who ask
   */
  public SessionCheck(Scheduler scheduler, ActorRef<AuthProtocol.Request> auth) {
    this.scheduler = scheduler;
    this.auth = auth;
  }

  CompletionStage<AuthenticateReply> authenticate(Secret token, Duration timeout) {
    return AskPattern.<AuthProtocol.Request, AuthenticateReply>ask(
            auth,
            replyTo -> new Authenticate(token, true, timeout, replyTo),
            timeout.plus(GRACE),
            scheduler)
        .exceptionally(
            silent ->
                new AuthProtocol.Refused(
                    "OUTCOME_UNKNOWN", "The session could not be checked in time.", Duration.ZERO));
  }
}
