package dev.usher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who somebody is: from options, else asked on the terminal. */
final class CredentialOptions {
  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "The account's address (asked for when missing).",
      order = 1)
  Optional<String> email = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the password; - is standard input (asked for when missing).",
      order = 2)
  Optional<String> passwordFile = Optional.empty();

  String email(Cli cli) {
    return email
        .or(() -> cli.terminal().ask("E-mail: "))
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "whose account? name it with --email"));
  }

  String password(Cli cli, String question) {
    return passwordFile
        .flatMap(file -> firstLine(cli, file))
        .or(() -> passwordFile.isPresent() ? Optional.empty() : cli.terminal().askSecret(question))
        .filter(password -> !password.isEmpty())
        .orElseThrow(
            () ->
                new CliException(
                    ExitCode.USAGE,
                    "no password was given; type it on a terminal, or name a file with"
                        + " --password-file"));
  }

  private static Optional<String> firstLine(Cli cli, String file) {
    if (file.equals("-")) {
      return cli.terminal().readLine();
    }
    try (var lines = Files.lines(Path.of(file))) {
      return lines.findFirst();
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "the password file " + file + " can't be read");
    }
  }
}
