package dev.usher.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands whose request can be repeated without doing it twice. */
final class RequestId {
  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description =
          "Repeats an earlier request, the same in everything else, whose outcome is not known.",
      order = 30)
  private Optional<String> typed = Optional.empty();

  /** The one that was typed, else a new one; always the same of one command. */
  String id() {
    if (typed.isEmpty()) {
      typed = Optional.of(ApiCommand.newRequestId());
    }
    return typed.get();
  }
}
