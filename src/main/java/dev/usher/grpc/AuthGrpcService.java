package dev.usher.grpc;

import com.google.protobuf.Empty;
import dev.usher.api.auth.v1.AuthServicePowerApi;
import dev.usher.api.auth.v1.CreateSessionRequest;
import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.DeleteSessionRequest;
import dev.usher.api.auth.v1.GetUserRequest;
import dev.usher.api.auth.v1.Session;
import dev.usher.api.auth.v1.User;
import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.Role;
import dev.usher.directory.DirectoryView;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.japi.function.Function;

/** Accounts and sessions. */
final class AuthGrpcService implements AuthServicePowerApi {
  private static final int LONGEST_PASSWORD = 128;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NAME = 200;

  private final Gate gate;
  private final ActorSystem<?> system;
  private final ActorRef<AuthProtocol.Request> auth;
  private final Requests requests;

  AuthGrpcService(
      Gate gate, ActorSystem<?> system, ActorRef<AuthProtocol.Request> auth, Requests requests) {
    this.gate = gate;
    this.system = system;
    this.auth = auth;
    this.requests = requests;
  }

  @Override
  public CompletionStage<User> createUser(CreateUserRequest in, Metadata metadata) {
    return gate.change("CreateUser", metadata, call -> createUser(in, call));
  }

  private CompletionStage<User> createUser(CreateUserRequest in, Call call) {
    var violations = new Violations();
    var email = violations.required("user.email", in.getUser().getEmail(), LONGEST_EMAIL);
    var name = violations.limited("user.display_name", in.getUser().getDisplayName(), LONGEST_NAME);
    violations.required("password", in.getPassword(), LONGEST_PASSWORD);
    var roles = roles(in.getUser().getRolesList(), violations);
    var key = Requests.key(person(email), "CreateUser", requests.id(in.getRequestId(), violations));
    violations.check();
    if (!roles.equals(Set.of(Role.CUSTOMER)) && !call.has(Role.OPERATOR)) {
      throw Errors.of(
          Reason.ROLE_REQUIRED,
          "Only an operator may give roles other than CUSTOMER.",
          Map.of("roles", Role.OPERATOR.name()));
    }
    var timeout = call.timeout();
    return this.<AuthProtocol.CreateUserReply>ask(
            replyTo ->
                new AuthProtocol.CreateUser(
                    email, name, new Secret(in.getPassword()), roles, key, timeout, replyTo),
            timeout)
        .thenApply(
            reply ->
                switch (reply) {
                  case AuthProtocol.UserCreated created -> user(created.user());
                  case AuthProtocol.Refused no -> throw refused(no);
                });
  }

  @Override
  public CompletionStage<User> getUser(GetUserRequest in, Metadata metadata) {
    return gate.read("GetUser", metadata, call -> getUser(in, call));
  }

  private CompletionStage<User> getUser(GetUserRequest in, Call call) {
    var violations = new Violations();
    var named = ResourceNames.parse(in.getName(), "users", "name", violations);
    violations.check();
    var userId = named.equals("me") ? call.userId() : named;
    if (!userId.equals(call.userId()) && !call.has(Role.OPERATOR)) {
      throw Errors.notFound(in.getName());
    }
    var timeout = call.timeout();
    return this.<AuthProtocol.GetUserReply>ask(
            replyTo -> new AuthProtocol.GetUser(userId, timeout, replyTo), timeout)
        .thenApply(
            reply ->
                switch (reply) {
                  case AuthProtocol.FoundUser found -> user(found.user());
                  case AuthProtocol.Refused no -> throw refused(no);
                });
  }

  @Override
  public CompletionStage<Session> createSession(CreateSessionRequest in, Metadata metadata) {
    return gate.change("CreateSession", metadata, call -> createSession(in, call));
  }

  private CompletionStage<Session> createSession(CreateSessionRequest in, Call call) {
    var violations = new Violations();
    var email = violations.required("email", in.getEmail(), LONGEST_EMAIL);
    violations.required("password", in.getPassword(), LONGEST_PASSWORD);
    violations.check();
    var timeout = call.timeout();
    return this.<AuthProtocol.LoginReply>ask(
            replyTo ->
                new AuthProtocol.Login(email, new Secret(in.getPassword()), timeout, replyTo),
            timeout)
        .thenApply(
            reply ->
                switch (reply) {
                  case AuthProtocol.LoggedIn session -> session(session);
                  case AuthProtocol.Refused no -> throw refused(no);
                });
  }

  @Override
  public CompletionStage<Empty> deleteSession(DeleteSessionRequest in, Metadata metadata) {
    return gate.change("DeleteSession", metadata, call -> deleteSession(in, call));
  }

  private CompletionStage<Empty> deleteSession(DeleteSessionRequest in, Call call) {
    var violations = new Violations();
    var ids = ResourceNames.match(in.getName(), "users", "sessions").orElse(List.of());
    if (ids.isEmpty()) {
      violations.add("name", "must be users/{user}/sessions/{session}");
    }
    requests.id(in.getRequestId(), violations);
    violations.check();
    var userId = ids.get(0).equals("me") ? call.userId() : ids.get(0);
    var sessionId = ids.get(1).equals("current") ? call.principal().sessionId() : ids.get(1);
    if (!userId.equals(call.userId()) && !call.has(Role.OPERATOR)) {
      throw Errors.notFound(in.getName());
    }
    var timeout = call.timeout();
    return this.<AuthProtocol.LogoutReply>ask(
            replyTo -> new AuthProtocol.Logout(userId, sessionId, timeout, replyTo), timeout)
        .thenApply(
            reply ->
                switch (reply) {
                  case AuthProtocol.LoggedOut out -> Empty.getDefaultInstance();
                  case AuthProtocol.Refused no -> throw refused(no);
                });
  }

  private <R> CompletionStage<R> ask(
      Function<ActorRef<R>, AuthProtocol.Request> message, Duration timeout) {
    return AskPattern.ask(auth, message, timeout, system.scheduler());
  }

  private static CallException refused(AuthProtocol.Refused no) {
    return Errors.named(no.reason(), no.message(), no.retryAfter());
  }

  /** No account yet, so no user id: the address keeps one person's request ids from another's. */
  private static String person(String email) {
    var digest = Digests.sha256("CreateUser", email.strip().toLowerCase(Locale.ROOT));
    return "e" + HexFormat.of().formatHex(digest, 0, 16);
  }

  private static Set<Role> roles(List<dev.usher.api.auth.v1.Role> wanted, Violations violations) {
    if (wanted.isEmpty()) {
      return Set.of(Role.CUSTOMER);
    }
    var roles = EnumSet.noneOf(Role.class);
    for (int i = 0; i < wanted.size(); i++) {
      switch (wanted.get(i)) {
        case ROLE_CUSTOMER -> roles.add(Role.CUSTOMER);
        case ROLE_BOX_OFFICE -> roles.add(Role.BOX_OFFICE);
        case ROLE_GATE -> roles.add(Role.GATE);
        case ROLE_ORGANIZER -> roles.add(Role.ORGANIZER);
        case ROLE_FINANCE -> roles.add(Role.FINANCE);
        case ROLE_OPERATOR -> roles.add(Role.OPERATOR);
        case ROLE_AUDITOR -> roles.add(Role.AUDITOR);
        case ROLE_UNSPECIFIED, UNRECOGNIZED ->
            violations.add("user.roles[" + i + "]", "is not a role");
      }
    }
    return roles;
  }

  private static Session session(AuthProtocol.LoggedIn session) {
    return Session.newBuilder()
        .setName(ResourceNames.session(session.user().userId(), session.sessionId()))
        .setToken(session.token().value())
        .setUser(user(session.user()))
        .setCreateTime(Requests.timestamp(session.createTimeMs()))
        .setExpireTime(Requests.timestamp(session.expireTimeMs()))
        .build();
  }

  private static User user(DirectoryView.User user) {
    var message =
        User.newBuilder()
            .setName(ResourceNames.user(user.userId()))
            .setEmail(user.email())
            .setDisplayName(user.displayName())
            .setCreateTime(Requests.timestamp(user.createTimeMs()));
    user.roles().stream()
        .map(name -> dev.usher.api.auth.v1.Role.valueOf("ROLE_" + name))
        .sorted()
        .forEach(message::addRoles);
    return message.build();
  }
}
