package dev.usher.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.CreateSession;
import dev.usher.directory.proto.CreateUser;
import dev.usher.directory.proto.DeleteSession;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.RecordLoginFailure;
import dev.usher.directory.proto.RemovePaymentMethod;
import dev.usher.raft.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;

/** A directory model with a log in front of it; ann has an account. */
final class Desk {
  static final Duration LIFETIME = Duration.ofHours(12);

  final DirectoryModel model = new DirectoryModel();
  private long index;
  private long timeMs = 1_767_225_600_000L;

  Desk() {
    done(user("ann", "ann@example.org"));
  }

  /** A model that was restored from these pieces and goes on where this one is now. */
  static Desk restored(Iterator<Bytes> pieces, Desk original) {
    var twin = new Desk();
    twin.model.restore(pieces);
    twin.index = original.index;
    twin.timeMs = original.timeMs;
    return twin;
  }

  DirectoryView view() {
    return model.view();
  }

  long timeMs() {
    return timeMs;
  }

  DirectoryView.User ann() {
    return model.view().user("ann").orElseThrow();
  }

  void fail(int times) {
    for (int i = 0; i < times; i++) {
      done(
          DirectoryCommand.newBuilder()
              .setRecordLoginFailure(RecordLoginFailure.newBuilder().setUserId("ann")));
    }
  }

  void pass(Duration time) {
    timeMs += time.toMillis();
    model.advance(++index, timeMs);
  }

  DirectoryResult raw(Bytes command) {
    model.advance(++index, timeMs);
    try {
      return DirectoryResult.parseFrom(model.apply(index, timeMs, command).unsafeArray());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("an answer is always readable", e);
    }
  }

  void done(DirectoryCommand.Builder command) {
    var result = raw(Bytes.wrap(command.build().toByteArray()));
    assertThat(result.hasDone()).as("%s", result).isTrue();
  }

  /** The words that go with it. */
  String refused(DirectoryReason reason, DirectoryCommand.Builder command) {
    var refusal = raw(Bytes.wrap(command.build().toByteArray())).getRefusal();
    assertThat(refusal.getReason()).isEqualTo(reason.name());
    assertThat(refusal.getMessage()).isNotBlank();
    return refusal.getMessage();
  }

  void malformedUser(Consumer<CreateUser.Builder> fault) {
    var command = user("bob", "bob@example.org");
    fault.accept(command.getCreateUserBuilder());
    refused(DirectoryReason.MALFORMED_COMMAND, command);
  }

  void malformedSession(Consumer<CreateSession.Builder> fault) {
    var command = session("s1", "ann", 1);
    fault.accept(command.getCreateSessionBuilder());
    refused(DirectoryReason.MALFORMED_COMMAND, command);
  }

  static DirectoryCommand.Builder user(String userId, String email) {
    return DirectoryCommand.newBuilder()
        .setCreateUser(
            CreateUser.newBuilder()
                .setUserId(userId)
                .setEmail(email)
                .setDisplayName("A person")
                .setPasswordHash("$argon2id$…")
                .addRoles("CUSTOMER"));
  }

  static DirectoryCommand.Builder session(String sessionId, String userId, int token) {
    return DirectoryCommand.newBuilder()
        .setCreateSession(
            CreateSession.newBuilder()
                .setSessionId(sessionId)
                .setUserId(userId)
                .setTokenSha256(ByteString.copyFrom(token(token).toArray()))
                .setAbsoluteLifetimeMillis(LIFETIME.toMillis()));
  }

  static DirectoryCommand.Builder delete(String sessionId, String userId) {
    return DirectoryCommand.newBuilder()
        .setDeleteSession(DeleteSession.newBuilder().setSessionId(sessionId).setUserId(userId));
  }

  static DirectoryCommand.Builder card(String id, String userId, String last4) {
    return DirectoryCommand.newBuilder()
        .setAddPaymentMethod(
            AddPaymentMethod.newBuilder()
                .setUserId(userId)
                .setPaymentMethodId(id)
                .setExpMonth(11)
                .setExpYear(2040)
                .setBrand("visa")
                .setLast4(last4));
  }

  static DirectoryCommand.Builder remove(String id, String userId) {
    return DirectoryCommand.newBuilder()
        .setRemovePaymentMethod(
            RemovePaymentMethod.newBuilder().setUserId(userId).setPaymentMethodId(id));
  }

  static Bytes token(int n) {
    var sha256 = new byte[32];
    Arrays.fill(sha256, (byte) n);
    return Bytes.wrap(sha256);
  }
}
