package dev.usher.cli;

import com.google.protobuf.Empty;
import dev.usher.api.auth.v1.DeleteSessionRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;

@Command(
    name = "logout",
    header = "End the session at every node, and forget it here.",
    description = {"", "Logging out twice is fine."})
final class LogoutCommand extends ApiCommand {
  LogoutCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    if (cli.sessions().load().isEmpty()) {
      return print(Empty.getDefaultInstance(), () -> "Not logged in.");
    }
    try {
      client.call(
          Api.DELETE_SESSION,
          DeleteSessionRequest.newBuilder()
              .setName("users/me/sessions/current")
              .setRequestId(newRequestId())
              .build());
    } catch (CallFailedException e) {
      // A session that the cluster does not know any more is ended; anything else is not.
      if (Explanation.of(e).exitCode() != ExitCode.AUTH) {
        throw e;
      }
    }
    cli.sessions().forget();
    return print(Empty.getDefaultInstance(), () -> "Logged out.");
  }
}
