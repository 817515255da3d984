package dev.usher.directory;

import com.google.protobuf.ByteString;
import dev.usher.directory.DirectoryView.Session;
import dev.usher.directory.proto.CreateSession;
import dev.usher.directory.proto.DeleteSession;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.SessionState;
import dev.usher.raft.Bytes;
import dev.usher.replica.StateDigest;
import dev.usher.replica.TimedQueue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sessions, found by the SHA-256 of their token: the token itself is nowhere in the state. A
 * session ends at its absolute lifetime by log time, by its owner, or by too many newer ones.
 */
final class Sessions {
  private static final int SHA256_BYTES = 32;

  /**
   * @param number sessions are counted as they are made, so that a user's oldest is known
   */
  private record Row(Session session, Bytes tokenSha256, long number) {}

  private final Accounts accounts;
  private final TreeMap<String, Row> rows = new TreeMap<>();
  // For look-ups only.
  private final Map<Bytes, String> idsByToken = new HashMap<>();
  // Oldest first.
  private final Map<String, LinkedHashSet<String>> idsByUser = new HashMap<>();
  private final TimedQueue<String> ends = new TimedQueue<>();
  private long nextNumber = 1;

  Sessions(Accounts accounts) {
    this.accounts = accounts;
  }

  DirectoryResult create(long timeMs, CreateSession command) {
    var problem = check(command);
    if (problem.isPresent()) {
      return problem.get();
    }
    var user = accounts.find(command.getUserId());
    if (user.isEmpty()) {
      return Answers.noUser(command.getUserId());
    }
    var token = Bytes.wrap(command.getTokenSha256().toByteArray());
    var there = rows.get(command.getSessionId());
    if (there != null || idsByToken.containsKey(token)) {
      return there != null && isRepeat(there, command.getUserId(), token)
          ? Answers.done()
          : Answers.refused(
              DirectoryReason.SESSION_EXISTS, "This session is in use already; log in again.");
    }
    if (user.get().lockedUntilMs() > timeMs) {
      return Answers.refused(
          DirectoryReason.LOGIN_THROTTLED, "Too many failed logins; wait, then log in again.");
    }
    accounts.loginSucceeded(command.getUserId());
    add(
        new Session(
            command.getSessionId(),
            command.getUserId(),
            timeMs,
            timeMs + command.getAbsoluteLifetimeMillis()),
        token);
    return Answers.done();
  }

  private static boolean isRepeat(Row there, String userId, Bytes token) {
    return there.session().userId().equals(userId) && there.tokenSha256().equals(token);
  }

  private static Optional<DirectoryResult> check(CreateSession command) {
    if (command.getTokenSha256().size() != SHA256_BYTES) {
      return Optional.of(Answers.malformed("token_sha256: 32 bytes are needed"));
    }
    long longestMs = DirectoryLimits.SESSION_LIFETIME.toMillis();
    if (command.getAbsoluteLifetimeMillis() <= 0
        || command.getAbsoluteLifetimeMillis() > longestMs) {
      return Optional.of(
          Answers.malformed("absolute_lifetime_millis: 1 to " + longestMs + " milliseconds"));
    }
    return Answers.checkId("session_id", command.getSessionId());
  }

  /** Twice is as good as once; somebody else's session is not there. */
  DirectoryResult delete(DeleteSession command) {
    var row = rows.get(command.getSessionId());
    if (row == null) {
      return Answers.done();
    }
    if (!row.session().userId().equals(command.getUserId())) {
      return Answers.refused(
          DirectoryReason.RESOURCE_NOT_FOUND,
          "There is no sessions/" + command.getSessionId() + ".");
    }
    remove(row);
    return Answers.done();
  }

  void expire(long timeMs) {
    ends.drainDue(timeMs, sessionId -> forget(get(sessionId)));
  }

  private void add(Session session, Bytes token) {
    var ids = idsByUser.computeIfAbsent(session.userId(), id -> new LinkedHashSet<>());
    if (ids.size() >= DirectoryLimits.SESSIONS_PER_USER) {
      remove(get(ids.getFirst()));
    }
    put(new Row(session, token, nextNumber++));
  }

  private void put(Row row) {
    var session = row.session();
    rows.put(session.sessionId(), row);
    idsByToken.put(row.tokenSha256(), session.sessionId());
    idsByUser
        .computeIfAbsent(session.userId(), id -> new LinkedHashSet<>())
        .add(session.sessionId());
    ends.add(session.expireTimeMs(), session.sessionId());
  }

  private void remove(Row row) {
    ends.remove(row.session().expireTimeMs(), row.session().sessionId());
    forget(row);
  }

  private void forget(Row row) {
    var session = row.session();
    rows.remove(session.sessionId());
    idsByToken.remove(row.tokenSha256());
    idsByUser.computeIfPresent(
        session.userId(),
        (userId, ids) -> {
          ids.remove(session.sessionId());
          return ids.isEmpty() ? null : ids;
        });
  }

  private Row get(String sessionId) {
    var row = rows.get(sessionId);
    if (row == null) {
      throw new IllegalStateException("no session " + sessionId);
    }
    return row;
  }

  Optional<Session> find(Bytes tokenSha256) {
    return Optional.ofNullable(idsByToken.get(tokenSha256)).map(id -> get(id).session());
  }

  OptionalLong nextEndMs() {
    return ends.firstTimeMs();
  }

  Stream<DirectorySnapshotPiece> snapshot() {
    return List.copyOf(rows.values()).stream()
        .map(
            row ->
                DirectorySnapshotPiece.newBuilder()
                    .setSession(
                        SessionState.newBuilder()
                            .setSessionId(row.session().sessionId())
                            .setUserId(row.session().userId())
                            .setTokenSha256(ByteString.copyFrom(row.tokenSha256().unsafeArray()))
                            .setCreateTimeMillis(row.session().createTimeMs())
                            .setExpireTimeMillis(row.session().expireTimeMs())
                            .setNumber(row.number()))
                    .build());
  }

  /** The order follows in {@link #restored}. */
  void restore(SessionState state) {
    var session =
        new Session(
            state.getSessionId(),
            state.getUserId(),
            state.getCreateTimeMillis(),
            state.getExpireTimeMillis());
    var token = Bytes.wrap(state.getTokenSha256().toByteArray());
    rows.put(session.sessionId(), new Row(session, token, state.getNumber()));
  }

  void restored(long next) {
    rows.values().stream()
        .sorted(Comparator.comparingLong(Row::number))
        .toList()
        .forEach(this::put);
    nextNumber = next;
  }

  long nextNumber() {
    return nextNumber;
  }

  void clear() {
    rows.clear();
    idsByToken.clear();
    idsByUser.clear();
    ends.clear();
    nextNumber = 1;
  }

  void digest(StateDigest digest) {
    digest.add(rows.size());
    for (var row : rows.values()) {
      var session = row.session();
      digest
          .add(session.sessionId())
          .add(session.userId())
          .add(row.tokenSha256())
          .add(session.createTimeMs())
          .add(session.expireTimeMs());
    }
    new TreeMap<>(idsByUser)
        .forEach(
            (userId, ids) -> {
              digest.add(userId);
              ids.forEach(digest::add);
            });
  }
}
