package dev.usher.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.raft.Bytes;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The system group, in its own language. */
public final class Directory {
  private final Replica<DirectoryView> replica;

  public Directory(Replica<DirectoryView> replica) {
    this.replica = replica;
  }

  public Replica<DirectoryView> replica() {
    return replica;
  }

  /** A linearizable read; see {@link Replica#read}. */
  public <R> CompletionStage<R> read(Function<DirectoryView, R> query, Duration timeout) {
    return replica.read(query, timeout);
  }

  /**
   * Proposes a command.
   *
   * @param requestKey see {@link Proposal}
   * @param fingerprint of what the caller asked for: not taken from the command, which may hold a
   *     fresh salt or token
   */
  public CompletionStage<DirectoryOutcome> propose(
      String requestKey, Bytes fingerprint, DirectoryCommand command, Duration timeout) {
    var proposal = new Proposal(requestKey, fingerprint, Bytes.wrap(command.toByteArray()));
    return replica.propose(proposal, timeout).thenApply(Directory::read);
  }

  private static DirectoryOutcome read(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> read(done);
      case Outcome.Rejected rejected -> new DirectoryOutcome.Rejected(rejected.reason());
      case Outcome.Unknown unknown -> new DirectoryOutcome.Unknown();
    };
  }

  private static DirectoryOutcome read(Outcome.Done done) {
    try {
      var result = DirectoryResult.parseFrom(done.result().unsafeArray());
      return switch (result.getResultCase()) {
        case DONE -> new DirectoryOutcome.Applied(done.revision());
        case REFUSAL -> new DirectoryOutcome.Refused(done.revision(), result.getRefusal());
        case RESULT_NOT_SET ->
            throw new IllegalStateException("empty answer to a directory command");
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("unreadable answer to a directory command", e);
    }
  }
}
