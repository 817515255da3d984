package dev.usher.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command. */
final class CommonOptions {
  private static final String OUTPUT = "--output";

  /** How the answer is printed. */
  enum Format {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return this == TABLE ? "table" : "json";
    }
  }

  @Option(
      names = {"-o", OUTPUT},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      order = 100)
  Format format = Format.TABLE;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.",
      order = 110)
  boolean help;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
  private CommandSpec command;

  boolean json() {
    return json(command);
  }

  /** The option may stand before or after a command's name; the innermost one counts. */
  static boolean json(CommandSpec innermost) {
    for (@Nullable CommandSpec spec = innermost; spec != null; spec = parent(spec)) {
      var parsed = spec.commandLine().getParseResult();
      if (parsed != null && parsed.hasMatchedOption(OUTPUT)) {
        return Format.JSON.equals(parsed.matchedOptionValue(OUTPUT, Format.TABLE));
      }
    }
    return false;
  }

  private static @Nullable CommandSpec parent(CommandSpec spec) {
    return spec.parent();
  }
}
