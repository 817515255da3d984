package dev.usher.auth;

import dev.usher.auth.AuthProtocol.CreateUser;
import dev.usher.auth.AuthProtocol.CreateUserReply;
import dev.usher.auth.AuthProtocol.Refused;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.AuthProtocol.UserCreated;
import dev.usher.directory.Directory;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Sees to it that there is an operator: creates the account when its address has none, tries again
 * while there is no leader, and stops when it is there. Safe on every node, at every start: the
 * nodes share one request key, and an existing account is left as it is.
 */
public final class OperatorAccount extends AbstractBehavior<OperatorAccount.Command> {
  static final Set<Role> ROLES = Set.of(Role.OPERATOR, Role.ORGANIZER, Role.FINANCE, Role.CUSTOMER);

  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ActorRef<AuthProtocol.Request> auth;
  private final Directory directory;
  private final String email;
  private final Secret password;

  /** What it tells itself. */
  public sealed interface Command {}

  private record LookedUp(boolean reached, boolean exists) implements Command {}

  private record Answered(CreateUserReply reply) implements Command {}

  private record Try() implements Command {}

  private OperatorAccount(
      ActorContext<Command> context,
      ActorRef<AuthProtocol.Request> auth,
      Directory directory,
      String email,
      Secret password) {
    super(context);
    this.auth = auth;
    this.directory = directory;
    this.email = Credentials.normalize(email);
    this.password = password;
  }

  public static Behavior<Command> create(
      ActorRef<AuthProtocol.Request> auth, Directory directory, String email, Secret password) {
    return Behaviors.setup(
        context -> {
          var actor = new OperatorAccount(context, auth, directory, email, password);
          // An answer may be lost with whoever was to give it.
          context.setReceiveTimeout(STEP_TIMEOUT.multipliedBy(3), new Try());
          actor.lookUp();
          return actor;
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Try.class, again -> lookUp())
        .onMessage(LookedUp.class, this::onLookedUp)
        .onMessage(Answered.class, answered -> onAnswered(answered.reply()))
        .build();
  }

  private Behavior<Command> lookUp() {
    getContext()
        .pipeToSelf(
            directory.read(view -> view.userByEmail(email).isPresent(), STEP_TIMEOUT),
            (exists, failure) ->
                failure == null ? new LookedUp(true, exists) : new LookedUp(false, false));
    return this;
  }

  private Behavior<Command> onLookedUp(LookedUp lookedUp) {
    if (lookedUp.exists()) {
      return Behaviors.stopped();
    }
    if (!lookedUp.reached()) {
      return later();
    }
    auth.tell(
        new CreateUser(
            email,
            "Operator",
            password,
            ROLES,
            "operator/" + email,
            STEP_TIMEOUT,
            getContext().messageAdapter(CreateUserReply.class, Answered::new)));
    return this;
  }

  private Behavior<Command> onAnswered(CreateUserReply reply) {
    return switch (reply) {
      case UserCreated created -> {
        getContext().getLog().info("operator account ready user={}", created.user().userId());
        yield Behaviors.stopped();
      }
      case Refused refused ->
          switch (refused.reason()) {
            case "USER_EXISTS" -> Behaviors.stopped();
            case "PASSWORD_WEAK", "EMAIL_MALFORMED", "REQUEST_ID_REUSED" -> {
              getContext()
                  .getLog()
                  .error(
                      "no operator account reason={} advice=\"mend usher.auth.operator-email or"
                          + " the file operator-password-file\"",
                      refused.reason());
              yield Behaviors.stopped();
            }
            default -> later();
          };
    };
  }

  private Behavior<Command> later() {
    getContext().getLog().warn("operator account waits for a leader retry={}", RETRY);
    getContext().scheduleOnce(RETRY, getContext().getSelf(), new Try());
    return this;
  }
}
