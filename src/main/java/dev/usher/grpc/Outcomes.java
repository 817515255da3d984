package dev.usher.grpc;

import dev.usher.directory.DirectoryOutcome;
import dev.usher.raft.NodeId;
import dev.usher.replica.UnavailableException;
import dev.usher.seats.SeatOutcome;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What became of a command, as a value or as the error that the caller is told. */
final class Outcomes {
  private Outcomes() {}

  static SeatOutcome.Applied applied(SeatOutcome outcome, Optional<NodeId> leader) {
    return switch (outcome) {
      case SeatOutcome.Applied applied -> applied;
      case SeatOutcome.Refused refused -> throw Errors.refusal(refused.refusal());
      case SeatOutcome.Rejected rejected -> throw Errors.rejected(rejected.reason(), leader);
      case SeatOutcome.Unknown unknown -> throw Errors.outcomeUnknown();
    };
  }

  static DirectoryOutcome.Applied applied(DirectoryOutcome outcome, Optional<NodeId> leader) {
    return switch (outcome) {
      case DirectoryOutcome.Applied applied -> applied;
      case DirectoryOutcome.Refused refused -> throw Errors.refusal(refused.refusal());
      case DirectoryOutcome.Rejected rejected -> throw Errors.rejected(rejected.reason(), leader);
      case DirectoryOutcome.Unknown unknown -> throw Errors.outcomeUnknown();
    };
  }

  /**
   * A read that shows what was just changed. When it finds no leader, "nothing was done" would be a
   * lie: the caller repeats the call with the same request id.
   */
  static <T> CompletionStage<T> readBack(CompletionStage<T> read) {
    return read.exceptionally(
        failure -> {
          var cause = Failures.unwrap(failure);
          throw cause instanceof UnavailableException
              ? Errors.outcomeUnknown()
              : new CompletionException(cause);
        });
  }
}
