package dev.usher.cli;

import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.User;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "register",
    header = "Create an account that may book seats.",
    description = {"", "The password has 8 to 128 characters. Then: usher login."})
final class RegisterCommand extends ApiCommand {
  @Mixin final CredentialOptions credentials = new CredentialOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "How the account is called; the address when missing.",
      order = 3)
  Optional<String> name = Optional.empty();

  RegisterCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String email = credentials.email(cli);
    User user =
        client.call(
            Api.CREATE_USER,
            CreateUserRequest.newBuilder()
                .setUser(User.newBuilder().setEmail(email).setDisplayName(name.orElse(email)))
                .setPassword(credentials.password(cli, "New password: "))
                .setRequestId(newRequestId())
                .build());
    return print(user, () -> "Created " + user.getName() + " for " + email + "; now: usher login");
  }
}
