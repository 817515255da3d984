package dev.usher.cli;

import com.google.protobuf.Message;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.Rpc;
import dev.usher.cli.client.UsherClient;

/** A mutation whose outcome may stay unknown: says how to ask again without doing it twice. */
final class Repeatable {
  private Repeatable() {}

  static <Q extends Message, A extends Message> A call(
      Cli cli, UsherClient client, Rpc<Q, A> rpc, Q request, String requestId) {
    try {
      return client.call(rpc, request);
    } catch (CallFailedException e) {
      if (Explanation.of(e).exitCode() == ExitCode.UNAVAILABLE) {
        cli.terminal()
            .err()
            .println(
                "It may have happened all the same; the same command with --request-id "
                    + requestId
                    + " asks again and never does it twice.");
      }
      throw e;
    }
  }
}
