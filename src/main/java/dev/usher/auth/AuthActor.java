package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Refused;
import dev.usher.directory.Directory;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Answers who is calling. Keeps no state but the number of requests under way: accounts and
 * sessions are in the {@link Directory}, the same on every node.
 */
public final class AuthActor extends AbstractBehavior<AuthActor.Command> {
  private final Users users;
  private final Sessions sessions;
  private final int maxInFlight;
  private int inFlight;

  sealed interface Command {}

  private record Asked(AuthProtocol.Request request) implements Command {}

  /**
   * A request is done.
   *
   * @param deliver tells the caller
   */
  private record Done(Runnable deliver) implements Command {}

  private AuthActor(
      ActorContext<Command> context, Users users, Sessions sessions, int maxInFlight) {
    super(context);
    this.users = users;
    this.sessions = sessions;
    this.maxInFlight = maxInFlight;
  }

  /** Its refusals are values of {@link Refused}; see there for the reasons. */
  public static Behavior<AuthProtocol.Request> create(
      Directory directory, PasswordHasher hasher, SecureRandom random, AuthSettings settings) {
    var users = new Users(directory, hasher, random);
    var sessions = new Sessions(directory, hasher, random, settings.sessionLifetime());
    return Behaviors.transformMessages(
        AuthProtocol.Request.class,
        Behaviors.<Command>setup(
            context -> new AuthActor(context, users, sessions, settings.maxInFlight())),
        match -> match.match(AuthProtocol.Request.class, Asked::new));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Asked.class, asked -> onAsked(asked.request()))
        .onMessage(Done.class, this::onDone)
        .build();
  }

  private Behavior<Command> onAsked(AuthProtocol.Request request) {
    if (inFlight >= maxInFlight) {
      refuse(request);
      return this;
    }
    switch (request) {
      case AuthProtocol.CreateUser r -> answer(r.replyTo(), users.create(r));
      case AuthProtocol.Login r -> answer(r.replyTo(), sessions.login(r));
      case AuthProtocol.Authenticate r -> answer(r.replyTo(), sessions.authenticate(r));
      case AuthProtocol.Logout r -> answer(r.replyTo(), sessions.logout(r));
      case AuthProtocol.GetUser r -> answer(r.replyTo(), users.get(r));
    }
    return this;
  }

  private static void refuse(AuthProtocol.Request request) {
    var refused = Refusals.overloaded();
    switch (request) {
      case AuthProtocol.CreateUser r -> r.replyTo().tell(refused);
      case AuthProtocol.Login r -> r.replyTo().tell(refused);
      case AuthProtocol.Authenticate r -> r.replyTo().tell(refused);
      case AuthProtocol.Logout r -> r.replyTo().tell(refused);
      case AuthProtocol.GetUser r -> r.replyTo().tell(refused);
    }
  }

  private <R> void answer(ActorRef<? super R> replyTo, CompletionStage<R> stage) {
    inFlight++;
    getContext()
        .pipeToSelf(
            stage,
            (reply, failure) ->
                new Done(failure == null ? () -> replyTo.tell(reply) : () -> fault(failure)));
  }

  /** A fault of ours: the caller's time runs out, as after a crash; the log says why. */
  private void fault(Throwable failure) {
    getContext().getLog().error("request failed reason={}", failure.toString(), failure);
  }

  private Behavior<Command> onDone(Done done) {
    inFlight--;
    done.deliver().run();
    return this;
  }
}
