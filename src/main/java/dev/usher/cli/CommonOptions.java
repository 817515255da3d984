package dev.usher.cli;

import picocli.CommandLine.Option;

/** Options of every command. */
final class CommonOptions {
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
      names = {"-o", "--output"},
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

  boolean json() {
    return format == Format.JSON;
  }
}
