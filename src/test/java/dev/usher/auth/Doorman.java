package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Authenticate;
import dev.usher.auth.AuthProtocol.AuthenticateReply;
import dev.usher.auth.AuthProtocol.CreateUser;
import dev.usher.auth.AuthProtocol.CreateUserReply;
import dev.usher.auth.AuthProtocol.GetUser;
import dev.usher.auth.AuthProtocol.GetUserReply;
import dev.usher.auth.AuthProtocol.LoggedIn;
import dev.usher.auth.AuthProtocol.Login;
import dev.usher.auth.AuthProtocol.LoginReply;
import dev.usher.auth.AuthProtocol.Logout;
import dev.usher.auth.AuthProtocol.LogoutReply;
import dev.usher.auth.AuthProtocol.Refused;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** An AuthActor over a real directory, and questions to it. */
final class Doorman {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String EMAIL = "ann@example.org";
  static final Secret PASSWORD = new Secret("correct horse battery");

  final LocalReplica<DirectoryView> replica =
      new LocalReplica<>(new GroupId("system"), new DirectoryModel());
  final Directory directory = new Directory(replica);
  final ActorRef<AuthProtocol.Request> auth;
  private final ActorTestKit kit;

  Doorman(ActorTestKit kit, AuthSettings settings, Executor executor, int maxPending) {
    this.kit = kit;
    var random = new SecureRandom();
    var hasher = new PasswordHasher(executor, maxPending, random);
    this.auth = kit.spawn(AuthActor.create(directory, hasher, random, settings));
  }

  /** Hashes on the caller's thread, of which there is one. */
  Doorman(ActorTestKit kit) {
    this(kit, AuthSettings.DEFAULT, Runnable::run, 1);
  }

  private <R> TestProbe<R> send(
      Class<R> type, Function<ActorRef<R>, AuthProtocol.Request> request) {
    var probe = kit.<R>createTestProbe(type);
    auth.tell(request.apply(probe.getRef()));
    return probe;
  }

  private <R> R ask(Class<R> type, Function<ActorRef<R>, AuthProtocol.Request> request) {
    return send(type, request).receiveMessage(PATIENCE);
  }

  CreateUserReply create(String email, String name, Secret password, String requestKey) {
    return ask(
        CreateUserReply.class,
        to ->
            new CreateUser(email, name, password, Set.of(Role.CUSTOMER), requestKey, PATIENCE, to));
  }

  CreateUserReply create() {
    return create(EMAIL, "Ann", PASSWORD, "");
  }

  LoginReply login(String email, Secret password) {
    return startLogin(email, password).receiveMessage(PATIENCE);
  }

  TestProbe<LoginReply> startLogin(String email, Secret password) {
    return send(LoginReply.class, to -> new Login(email, password, PATIENCE, to));
  }

  LoggedIn loggedIn() {
    return (LoggedIn) login(EMAIL, PASSWORD);
  }

  AuthenticateReply authenticate(Secret token, boolean linearizable) {
    return ask(AuthenticateReply.class, to -> new Authenticate(token, linearizable, PATIENCE, to));
  }

  LogoutReply logout(String userId, String sessionId) {
    return ask(LogoutReply.class, to -> new Logout(userId, sessionId, PATIENCE, to));
  }

  GetUserReply get(String userId) {
    return ask(GetUserReply.class, to -> new GetUser(userId, PATIENCE, to));
  }

  /** The reason of a refusal; "" when it is none. */
  static String reason(Object reply) {
    return reply instanceof Refused refused ? refused.reason() : "";
  }
}
