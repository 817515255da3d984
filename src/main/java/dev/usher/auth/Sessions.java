package dev.usher.auth;

import com.google.protobuf.ByteString;
import dev.usher.auth.AuthProtocol.Authenticate;
import dev.usher.auth.AuthProtocol.AuthenticateReply;
import dev.usher.auth.AuthProtocol.Authenticated;
import dev.usher.auth.AuthProtocol.LoggedIn;
import dev.usher.auth.AuthProtocol.LoggedOut;
import dev.usher.auth.AuthProtocol.Login;
import dev.usher.auth.AuthProtocol.LoginReply;
import dev.usher.auth.AuthProtocol.Logout;
import dev.usher.auth.AuthProtocol.LogoutReply;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.DirectoryView;
import dev.usher.directory.DirectoryView.User;
import dev.usher.directory.proto.CreateSession;
import dev.usher.directory.proto.DeleteSession;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.RecordLoginFailure;
import dev.usher.raft.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Logs in and out, and tells whose a token is. Safe for any thread. */
final class Sessions {
  private static final int MAX_TOKEN = 256;

  private final Directory directory;
  private final PasswordHasher hasher;
  private final SecureRandom random;
  private final Duration lifetime;

  Sessions(Directory directory, PasswordHasher hasher, SecureRandom random, Duration lifetime) {
    this.directory = directory;
    this.hasher = hasher;
    this.random = random;
    this.lifetime = lifetime;
  }

  private record Account(long timeMs, Optional<User> user) {
    Duration lockedFor() {
      return Duration.ofMillis(user.map(u -> Math.max(0, u.lockedUntilMs() - timeMs)).orElse(0L));
    }
  }

  CompletionStage<LoginReply> login(Login request) {
    var deadline = Deadline.in(request.timeout());
    var email = Credentials.normalize(request.email());
    return directory
        .read(view -> new Account(view.timeMs(), view.userByEmail(email)), deadline.left())
        .thenCompose(account -> login(account, request.password(), deadline))
        .exceptionally(Refusals::of);
  }

  private CompletionStage<LoginReply> login(Account account, Secret password, Deadline deadline) {
    if (!account.lockedFor().isZero()) {
      return CompletableFuture.completedFuture(Refusals.throttled(account.lockedFor()));
    }
    // What cannot be a password is not hashed, however long it is; the answer takes as long.
    boolean possible = Credentials.isPassword(password);
    var tried = possible ? password : new Secret("");
    var hash = possible ? account.user().map(User::passwordHash).orElse(null) : null;
    return hasher
        .matches(tried, hash)
        .thenCompose(
            right ->
                right
                    ? open(account.user().orElseThrow(), deadline)
                    : fail(account.user(), deadline));
  }

  /** An unknown user's failure is proposed as well: it takes as long, and changes nothing. */
  private CompletionStage<LoginReply> fail(Optional<User> user, Deadline deadline) {
    var userId = user.map(User::userId).orElseGet(() -> Credentials.id("u", random));
    var command = RecordLoginFailure.newBuilder().setUserId(userId);
    return propose(DirectoryCommand.newBuilder().setRecordLoginFailure(command).build(), deadline)
        .thenApply(
            outcome ->
                switch (outcome) {
                  case DirectoryOutcome.Applied a -> Refusals.credentialsInvalid();
                  case DirectoryOutcome.Refused r -> Refusals.credentialsInvalid();
                  case DirectoryOutcome.Unknown u -> Refusals.credentialsInvalid();
                  case DirectoryOutcome.Rejected r -> Refusals.of(r).orElseThrow();
                });
  }

  private CompletionStage<LoginReply> open(User user, Deadline deadline) {
    var token = Credentials.token(random);
    var digest = Credentials.digest(token);
    var command =
        CreateSession.newBuilder()
            .setSessionId(Credentials.id("s", random))
            .setUserId(user.userId())
            .setTokenSha256(ByteString.copyFrom(digest.unsafeArray()))
            .setAbsoluteLifetimeMillis(lifetime.toMillis());
    return propose(DirectoryCommand.newBuilder().setCreateSession(command).build(), deadline)
        .thenCompose(
            outcome ->
                Refusals.of(outcome)
                    .<CompletionStage<LoginReply>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> opened(digest, token, deadline)));
  }

  private CompletionStage<LoginReply> opened(Bytes digest, Secret token, Deadline deadline) {
    return directory.read(
        view ->
            view.session(digest)
                .<LoginReply>map(session -> loggedIn(view, session, token))
                .orElseGet(Refusals::sessionExpired),
        deadline.left());
  }

  private static LoggedIn loggedIn(
      DirectoryView view, DirectoryView.Session session, Secret token) {
    return new LoggedIn(
        owner(view, session),
        session.sessionId(),
        token,
        session.createTimeMs(),
        session.expireTimeMs());
  }

  private static User owner(DirectoryView view, DirectoryView.Session session) {
    return view.user(session.userId())
        .orElseThrow(() -> new IllegalStateException("a session without an account"));
  }

  CompletionStage<AuthenticateReply> authenticate(Authenticate request) {
    var token = request.token();
    if (token.value().isEmpty() || token.value().length() > MAX_TOKEN) {
      return CompletableFuture.completedFuture(
          token.value().isEmpty() ? Refusals.sessionRequired() : Refusals.sessionExpired());
    }
    var digest = Credentials.digest(token);
    var found =
        request.linearizable()
            ? readPrincipal(digest, request.timeout())
            : directory
                .replica()
                .readStale(view -> principal(view, digest))
                .thenCompose(
                    local ->
                        local.isPresent()
                            ? CompletableFuture.completedFuture(local)
                            : readPrincipal(digest, request.timeout()));
    return found
        .thenApply(
            principal ->
                principal
                    .<AuthenticateReply>map(Authenticated::new)
                    .orElseGet(Refusals::sessionExpired))
        .exceptionally(Refusals::of);
  }

  private CompletionStage<Optional<Principal>> readPrincipal(Bytes digest, Duration timeout) {
    return directory.read(view -> principal(view, digest), timeout);
  }

  private static Optional<Principal> principal(DirectoryView view, Bytes digest) {
    return view.session(digest)
        .map(
            session ->
                new Principal(
                    session.userId(),
                    session.sessionId(),
                    owner(view, session).roles().stream()
                        .map(Role::valueOf)
                        .collect(Collectors.toUnmodifiableSet())));
  }

  CompletionStage<LogoutReply> logout(Logout request) {
    var command =
        DeleteSession.newBuilder().setSessionId(request.sessionId()).setUserId(request.userId());
    return propose(
            DirectoryCommand.newBuilder().setDeleteSession(command).build(),
            Deadline.in(request.timeout()))
        .thenApply(
            outcome -> Refusals.of(outcome).<LogoutReply>map(r -> r).orElseGet(LoggedOut::new));
  }

  /** Without a request key: each of these commands is as good twice as once, or meant each time. */
  private CompletionStage<DirectoryOutcome> propose(DirectoryCommand command, Deadline deadline) {
    return directory.propose("", Bytes.EMPTY, command, deadline.left());
  }
}
