package dev.usher.directory;

import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.Done;
import dev.usher.directory.proto.Refusal;
import java.util.Optional;

/** The answers of the directory, and the checks that need no state. */
final class Answers {
  private static final DirectoryResult DONE =
      DirectoryResult.newBuilder().setDone(Done.getDefaultInstance()).build();

  private Answers() {}

  static DirectoryResult done() {
    return DONE;
  }

  static DirectoryResult refused(DirectoryReason reason, String sentence) {
    return DirectoryResult.newBuilder()
        .setRefusal(Refusal.newBuilder().setReason(reason.name()).setMessage(sentence))
        .build();
  }

  static DirectoryResult malformed(String problem) {
    return refused(DirectoryReason.MALFORMED_COMMAND, problem);
  }

  static DirectoryResult noUser(String userId) {
    return refused(DirectoryReason.RESOURCE_NOT_FOUND, "There is no users/" + userId + ".");
  }

  static Optional<DirectoryResult> checkId(String field, String id) {
    return id.isEmpty() || id.length() > DirectoryLimits.ID_LENGTH
        ? Optional.of(
            malformed(field + ": an id has 1 to " + DirectoryLimits.ID_LENGTH + " characters"))
        : Optional.empty();
  }

  static Optional<DirectoryResult> checkText(String field, String text, int limit) {
    return text.length() > limit
        ? Optional.of(malformed(field + ": at most " + limit + " characters"))
        : Optional.empty();
  }
}
