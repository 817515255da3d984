package dev.usher.auth;

import dev.usher.auth.AuthProtocol.CreateUser;
import dev.usher.auth.AuthProtocol.CreateUserReply;
import dev.usher.auth.AuthProtocol.FoundUser;
import dev.usher.auth.AuthProtocol.GetUser;
import dev.usher.auth.AuthProtocol.GetUserReply;
import dev.usher.auth.AuthProtocol.UserCreated;
import dev.usher.directory.Directory;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.raft.Bytes;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Creates and reads accounts. Safe for any thread. */
final class Users {
  private final Directory directory;
  private final PasswordHasher hasher;
  private final SecureRandom random;

  Users(Directory directory, PasswordHasher hasher, SecureRandom random) {
    this.directory = directory;
    this.hasher = hasher;
    this.random = random;
  }

  CompletionStage<CreateUserReply> create(CreateUser request) {
    var deadline = Deadline.in(request.timeout());
    var email = Credentials.normalize(request.email());
    if (!Credentials.isEmail(email)) {
      return CompletableFuture.completedFuture(Refusals.emailMalformed());
    }
    if (!Credentials.isPassword(request.password())) {
      return CompletableFuture.completedFuture(Refusals.passwordWeak());
    }
    return hasher
        .hash(request.password())
        .thenCompose(hash -> propose(request, email, hash, deadline))
        .exceptionally(Refusals::of);
  }

  private CompletionStage<CreateUserReply> propose(
      CreateUser request, String email, String hash, Deadline deadline) {
    var roles = request.roles().stream().map(Role::name).sorted().toList();
    var command =
        dev.usher.directory.proto.CreateUser.newBuilder()
            .setUserId(Credentials.id("u", random))
            .setEmail(email)
            .setDisplayName(request.displayName())
            .setPasswordHash(hash)
            .addAllRoles(roles);
    return directory
        .propose(
            request.requestKey(),
            fingerprint(email, request.displayName(), roles),
            DirectoryCommand.newBuilder().setCreateUser(command).build(),
            deadline.left())
        .thenCompose(
            outcome ->
                Refusals.of(outcome)
                    .<CompletionStage<CreateUserReply>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> created(email, deadline)));
  }

  /**
   * The password is not part of it: the log is no place for anything that passwords could be tried
   * against quickly. A retry with another password gets the first answer, and the first password.
   */
  private static Bytes fingerprint(String email, String displayName, List<String> roles) {
    return Credentials.fingerprint(
        Stream.concat(Stream.of(email, displayName), roles.stream()).toList());
  }

  /** A repeated request was applied with the first one's id: the directory knows which. */
  private CompletionStage<CreateUserReply> created(String email, Deadline deadline) {
    return directory.read(
        view ->
            view.userByEmail(email)
                .<CreateUserReply>map(UserCreated::new)
                .orElseThrow(() -> new IllegalStateException("a created account is missing")),
        deadline.left());
  }

  CompletionStage<GetUserReply> get(GetUser request) {
    return directory
        .read(
            view ->
                view.user(request.userId())
                    .<GetUserReply>map(FoundUser::new)
                    .orElseGet(() -> Refusals.noUser(request.userId())),
            request.timeout())
        .exceptionally(Refusals::of);
  }
}
