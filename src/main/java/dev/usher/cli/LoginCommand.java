package dev.usher.cli;

import dev.usher.api.auth.v1.CreateSessionRequest;
import dev.usher.api.auth.v1.Session;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    header = "Log in; the session is kept for the commands that follow.",
    description = {
      "",
      "The session's token goes to session.json in $USHER_HOME, else in ~/.config/usher, for your"
          + " eyes only (mode 0600). `usher logout` ends it at every node.",
    },
    footer = {
      "",
      "Examples:",
      "  usher login",
      "  usher login --email operator@usher.local --password-file data/secrets/operator-password",
      "  TOKEN=$(usher login --email me@example.com --print-token)"
    })
final class LoginCommand extends ApiCommand {
  @Mixin final CredentialOptions credentials = new CredentialOptions();

  @Option(
      names = "--print-token",
      description = "Print the token too, for another gRPC client.",
      order = 3)
  boolean printToken;

  LoginCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String email = credentials.email(cli);
    return logIn(client, email, credentials.password(cli, "Password: "));
  }

  private int logIn(UsherClient client, String email, String password) {
    Session session =
        client.call(
            Api.CREATE_SESSION,
            CreateSessionRequest.newBuilder().setEmail(email).setPassword(password).build());
    cli.sessions().save(new SessionStore.Saved(session.getName(), email, session.getToken()));
    if (printToken) {
      cli.terminal().out().println(session.getToken());
      return ExitCode.OK;
    }
    // The token stays out of what is printed: terminals and CI logs remember.
    return print(
        session.toBuilder().clearToken().build(),
        () -> "Logged in as " + email + "; the session is in " + cli.sessions().file());
  }
}
