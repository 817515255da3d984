package dev.usher.cli;

import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.Role;
import dev.usher.api.auth.v1.User;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "register",
    header = "Create an account that may book seats, or do what its roles say.",
    description = {"", "The password has 8 to 128 characters. Then: usher login."},
    footer = {
      "",
      "Examples:",
      "  usher register --email ada@example.org",
      "  usher register --email door@example.org --role gate   # as an operator"
    })
final class RegisterCommand extends ApiCommand {
  @Mixin final CredentialOptions credentials = new CredentialOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "How the account is called; the address when missing.",
      order = 3)
  Optional<String> name = Optional.empty();

  @Option(
      names = "--role",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "ROLE,…",
      description =
          "What the account may do (default: customer); other roles are an operator's to give:"
              + " gate, box-office, organizer, finance, operator, auditor.",
      order = 4)
  List<String> roles = List.of();

  RegisterCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var wanted = roles.stream().map(RegisterCommand::role).toList();
    String email = credentials.email(cli);
    User user =
        client.call(
            Api.CREATE_USER,
            CreateUserRequest.newBuilder()
                .setUser(
                    User.newBuilder()
                        .setEmail(email)
                        .setDisplayName(name.orElse(email))
                        .addAllRoles(wanted))
                .setPassword(credentials.password(cli, "New password: "))
                .setRequestId(newRequestId())
                .build());
    return print(user, () -> "Created " + user.getName() + " for " + email + "; now: usher login");
  }

  private static Role role(String typed) {
    String name = "ROLE_" + typed.strip().replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equals(name) && role != Role.ROLE_UNSPECIFIED)
        .findFirst()
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "there is no role '" + typed + "'"));
  }
}
