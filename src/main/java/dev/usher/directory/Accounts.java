package dev.usher.directory;

import dev.usher.directory.DirectoryView.User;
import dev.usher.directory.proto.CreateUser;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.RecordLoginFailure;
import dev.usher.directory.proto.UserState;
import dev.usher.replica.StateDigest;
import dev.usher.replica.TimedQueue;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The accounts, unique by id and by address, and their lockouts. A lockout ends by log time, and
 * the log is woken for it: a buyer who waited must not be kept out by a log that stands still.
 */
final class Accounts {
  private final TreeMap<String, User> users = new TreeMap<>();
  // For look-ups only.
  private final Map<String, String> idsByEmail = new HashMap<>();
  private final TimedQueue<String> lockoutEnds = new TimedQueue<>();

  DirectoryResult create(long timeMs, CreateUser command) {
    var problem = check(command);
    if (problem.isPresent()) {
      return problem.get();
    }
    var user =
        new User(
            command.getUserId(),
            command.getEmail(),
            command.getDisplayName(),
            command.getPasswordHash(),
            Collections.unmodifiableSet(new TreeSet<>(command.getRolesList())),
            timeMs,
            0,
            0);
    var sameId = users.get(command.getUserId());
    if (sameId != null || idsByEmail.containsKey(command.getEmail())) {
      return sameId != null && sameAccount(sameId, user)
          ? Answers.done()
          : Answers.refused(
              DirectoryReason.USER_EXISTS,
              "There is an account with this e-mail address already; log in instead.");
    }
    if (users.size() >= DirectoryLimits.USERS) {
      return Answers.refused(
          DirectoryReason.DIRECTORY_FULL,
          "The directory holds its " + DirectoryLimits.USERS + " accounts already.");
    }
    users.put(user.userId(), user);
    idsByEmail.put(user.email(), user.userId());
    return Answers.done();
  }

  /** The same command once more; a hash has its own salt, so an equal one is the same request's. */
  private static boolean sameAccount(User there, User again) {
    return there.email().equals(again.email())
        && there.displayName().equals(again.displayName())
        && there.passwordHash().equals(again.passwordHash())
        && there.roles().equals(again.roles());
  }

  private static Optional<DirectoryResult> check(CreateUser command) {
    var email = command.getEmail();
    if (email.isEmpty() || !email.equals(email.toLowerCase(Locale.ROOT))) {
      return Optional.of(Answers.malformed("email: an address in lower case is needed"));
    }
    if (command.getPasswordHash().isEmpty()) {
      return Optional.of(Answers.malformed("password_hash: needed"));
    }
    if (command.getRolesCount() > DirectoryLimits.ROLES_PER_USER) {
      return Optional.of(
          Answers.malformed("roles: at most " + DirectoryLimits.ROLES_PER_USER + " of them"));
    }
    int textLimit = DirectoryLimits.TEXT_LENGTH;
    return Answers.checkId("user_id", command.getUserId())
        .or(() -> Answers.checkText("email", email, DirectoryLimits.EMAIL_LENGTH))
        .or(() -> Answers.checkText("display_name", command.getDisplayName(), textLimit))
        .or(() -> Answers.checkText("password_hash", command.getPasswordHash(), textLimit))
        .or(
            () ->
                command.getRolesList().stream()
                    .flatMap(role -> Answers.checkText("roles", role, textLimit).stream())
                    .findFirst());
  }

  DirectoryResult loginFailed(long timeMs, RecordLoginFailure command) {
    var user = users.get(command.getUserId());
    if (user == null) {
      return Answers.noUser(command.getUserId());
    }
    int failures = Math.min(user.loginFailures(), Integer.MAX_VALUE - 1) + 1;
    var lockout = lockoutAfter(failures);
    change(user, failures, lockout.isZero() ? 0 : timeMs + lockout.toMillis());
    return Answers.done();
  }

  /** Zero below the free failures, then 1 s, 2 s, 4 s and so on to the longest. */
  static Duration lockoutAfter(int failures) {
    int doublings = failures - DirectoryLimits.LOGIN_FAILURES_FREE;
    if (doublings < 0) {
      return Duration.ZERO;
    }
    long longestMs = DirectoryLimits.LOCKOUT_LONGEST.toMillis();
    long firstMs = DirectoryLimits.LOCKOUT_FIRST.toMillis();
    // 2^20 seconds are far beyond the longest: no need to shift further, and no overflow.
    return Duration.ofMillis(Math.min(longestMs, firstMs << Math.min(doublings, 20)));
  }

  void loginSucceeded(String userId) {
    find(userId).filter(user -> user.loginFailures() > 0).ifPresent(user -> change(user, 0, 0));
  }

  /** Ends the lockouts that are over; the failures still count until a login succeeds. */
  void unlock(long timeMs) {
    lockoutEnds.drainDue(
        timeMs, userId -> find(userId).ifPresent(user -> put(user, user.loginFailures(), 0)));
  }

  private void change(User user, int failures, long lockedUntilMs) {
    if (user.lockedUntilMs() != 0) {
      lockoutEnds.remove(user.lockedUntilMs(), user.userId());
    }
    if (lockedUntilMs != 0) {
      lockoutEnds.add(lockedUntilMs, user.userId());
    }
    put(user, failures, lockedUntilMs);
  }

  private void put(User user, int failures, long lockedUntilMs) {
    users.put(
        user.userId(),
        new User(
            user.userId(),
            user.email(),
            user.displayName(),
            user.passwordHash(),
            user.roles(),
            user.createTimeMs(),
            failures,
            lockedUntilMs));
  }

  OptionalLong nextUnlockMs() {
    return lockoutEnds.firstTimeMs();
  }

  int count() {
    return users.size();
  }

  Optional<User> find(String userId) {
    return Optional.ofNullable(users.get(userId));
  }

  Optional<User> findByEmail(String email) {
    return Optional.ofNullable(idsByEmail.get(email)).flatMap(this::find);
  }

  Stream<DirectorySnapshotPiece> snapshot() {
    return List.copyOf(users.values()).stream()
        .map(
            user ->
                DirectorySnapshotPiece.newBuilder()
                    .setUser(
                        UserState.newBuilder()
                            .setUserId(user.userId())
                            .setEmail(user.email())
                            .setDisplayName(user.displayName())
                            .setPasswordHash(user.passwordHash())
                            .addAllRoles(user.roles())
                            .setCreateTimeMillis(user.createTimeMs())
                            .setLoginFailures(user.loginFailures())
                            .setLockedUntilMillis(user.lockedUntilMs()))
                    .build());
  }

  void restore(UserState state) {
    var user =
        new User(
            state.getUserId(),
            state.getEmail(),
            state.getDisplayName(),
            state.getPasswordHash(),
            Collections.unmodifiableSet(new TreeSet<>(state.getRolesList())),
            state.getCreateTimeMillis(),
            state.getLoginFailures(),
            state.getLockedUntilMillis());
    users.put(user.userId(), user);
    idsByEmail.put(user.email(), user.userId());
    if (user.lockedUntilMs() != 0) {
      lockoutEnds.add(user.lockedUntilMs(), user.userId());
    }
  }

  void clear() {
    users.clear();
    idsByEmail.clear();
    lockoutEnds.clear();
  }

  void digest(StateDigest digest) {
    digest.add(users.size());
    for (var user : users.values()) {
      digest
          .add(user.userId())
          .add(user.email())
          .add(user.displayName())
          .add(user.passwordHash())
          .add(user.roles().size());
      user.roles().forEach(digest::add);
      digest.add(user.createTimeMs()).add(user.loginFailures()).add(user.lockedUntilMs());
    }
  }
}
