package dev.usher.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.raft.Bytes;
import dev.usher.replica.Newer;
import dev.usher.replica.StateDigest;
import dev.usher.replica.StateMachine;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The state of the system group: what its log means. */
public final class DirectoryModel implements StateMachine<DirectoryView> {
  private final Accounts accounts = new Accounts();
  private final Sessions sessions = new Sessions(accounts);
  private final PaymentMethods paymentMethods = new PaymentMethods(accounts);
  private final JournalTable journal = new JournalTable();
  private final DirectorySnapshot snapshot =
      new DirectorySnapshot(accounts, sessions, paymentMethods, journal);
  private final DirectoryView view = new View();

  private long revision;
  private long timeMs;

  @Override
  public void advance(long index, long timeMs) {
    if (index < revision || timeMs < this.timeMs) {
      throw new IllegalStateException(
          "entry " + index + " at " + timeMs + " after " + revision + " at " + this.timeMs);
    }
    this.revision = index;
    this.timeMs = timeMs;
    accounts.unlock(timeMs);
    sessions.expire(timeMs);
    journal.expire(timeMs);
  }

  @Override
  public Bytes apply(long index, long timeMs, Bytes command) {
    return Bytes.wrap(answer(timeMs, command).toByteArray());
  }

  private DirectoryResult answer(long timeMs, Bytes bytes) {
    DirectoryCommand command;
    try {
      command =
          Newer.refused("a directory command", DirectoryCommand.parseFrom(bytes.unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      return Answers.malformed("the bytes are no directory command");
    }
    return switch (command.getCommandCase()) {
      case CREATE_USER -> accounts.create(timeMs, command.getCreateUser());
      case RECORD_LOGIN_FAILURE -> accounts.loginFailed(timeMs, command.getRecordLoginFailure());
      case CREATE_SESSION -> sessions.create(timeMs, command.getCreateSession());
      case DELETE_SESSION -> sessions.delete(command.getDeleteSession());
      case ADD_PAYMENT_METHOD -> paymentMethods.add(command.getAddPaymentMethod());
      case REMOVE_PAYMENT_METHOD -> paymentMethods.remove(command.getRemovePaymentMethod());
      case APPEND_EVENTS -> journal.append(timeMs, command.getAppendEvents());
      case DELETE_EVENTS -> journal.delete(timeMs, command.getDeleteEvents());
      case SAVE_SNAPSHOT -> journal.save(timeMs, command.getSaveSnapshot());
      case DELETE_SNAPSHOTS -> journal.delete(timeMs, command.getDeleteSnapshots());
      case COMMAND_NOT_SET -> Answers.malformed("there is no command");
    };
  }

  /** The next end of a session or lockout, or when the journal may forget something. */
  @Override
  public OptionalLong nextDeadlineMs() {
    return Stream.of(sessions.nextEndMs(), accounts.nextUnlockMs(), journal.nextExpiryMs())
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  @Override
  public DirectoryView view() {
    return view;
  }

  @Override
  public Iterator<Bytes> snapshot() {
    return snapshot.write(revision, timeMs);
  }

  @Override
  public void restore(Iterator<Bytes> pieces) {
    var clock = snapshot.read(pieces);
    revision = clock.getRevision();
    timeMs = clock.getTimeMillis();
  }

  @Override
  public Bytes digest() {
    var digest = new StateDigest().add(revision).add(timeMs);
    accounts.digest(digest);
    sessions.digest(digest);
    paymentMethods.digest(digest);
    journal.digest(digest);
    return digest.finish();
  }

  private final class View implements DirectoryView {
    @Override
    public long revision() {
      return revision;
    }

    @Override
    public long timeMs() {
      return timeMs;
    }

    @Override
    public int userCount() {
      return accounts.count();
    }

    @Override
    public Optional<User> user(String userId) {
      return accounts.find(userId);
    }

    @Override
    public Optional<User> userByEmail(String email) {
      return accounts.findByEmail(email);
    }

    @Override
    public Optional<Session> session(Bytes tokenSha256) {
      return sessions.find(tokenSha256);
    }

    @Override
    public Optional<PaymentMethod> paymentMethod(String paymentMethodId) {
      return paymentMethods.find(paymentMethodId);
    }

    @Override
    public List<PaymentMethod> paymentMethodsOf(String userId) {
      return paymentMethods.of(userId);
    }

    @Override
    public JournalView journal() {
      return journal;
    }
  }
}
