package dev.usher.cli;

import dev.usher.api.cluster.v1.GroupConsistency;
import dev.usher.api.cluster.v1.ReplicaDigest;
import dev.usher.api.cluster.v1.VerifyConsistencyRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    header = "Compare the replicas' copies of the state, each at one and the same log entry.",
    description = {
      "",
      "A copy that differs from more than half of the others can't be trusted: stop its node, move"
          + " its data directory away and start it again; it fetches everything from the others.",
      "",
      "Exit code 0: all are the same; 3: some differ; 4: some did not answer, the others are the"
          + " same."
    },
    footer = {"", "Examples:", "  usher cluster verify", "  usher cluster verify --group seats-0"})
final class ClusterVerifyCommand extends ApiCommand {
  private static final int DIGEST_SHOWN = 16;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "system, seats-0, … (default: all).",
      order = 1)
  Optional<String> group = Optional.empty();

  ClusterVerifyCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var request =
        VerifyConsistencyRequest.newBuilder()
            .setGroup(group.map(name -> Names.of("groups", name)).orElse(""))
            .build();
    // The node waits for the slowest replica, which may have a large state to go over.
    var found =
        client
            .withAttemptLimit(Duration.ofSeconds(timeoutSeconds).dividedBy(2))
            .call(Api.VERIFY_CONSISTENCY, request);
    print(found, () -> text(found));
    return has(found, ReplicaDigest.Verdict.VERDICT_DIFFERENT)
        ? ExitCode.REFUSED
        : has(found, ReplicaDigest.Verdict.VERDICT_NO_ANSWER) ? ExitCode.UNAVAILABLE : ExitCode.OK;
  }

  private static boolean has(VerifyConsistencyResponse found, ReplicaDigest.Verdict verdict) {
    return found.getGroupsList().stream()
        .flatMap(group -> group.getReplicasList().stream())
        .anyMatch(replica -> replica.getVerdict() == verdict);
  }

  private static String text(VerifyConsistencyResponse found) {
    var table = Table.of("GROUP", "INDEX", "NODE", "COPY", "SHA-256");
    for (GroupConsistency group : found.getGroupsList()) {
      for (ReplicaDigest replica : group.getReplicasList()) {
        String digest = replica.getDigest();
        table.row(
            Names.id(group.getGroup()),
            group.getIndex(),
            Names.id(replica.getNode()),
            word(replica.getVerdict()),
            digest.isEmpty() ? "-" : digest.substring(0, Math.min(DIGEST_SHOWN, digest.length())));
      }
    }
    return table.render() + verdict(found);
  }

  private static String word(ReplicaDigest.Verdict verdict) {
    return switch (verdict) {
      case VERDICT_SAME -> "same";
      case VERDICT_DIFFERENT -> "DIFFERENT";
      case VERDICT_NO_ANSWER -> "no answer";
      case VERDICT_UNSPECIFIED, UNRECOGNIZED -> "?";
    };
  }

  private static String verdict(VerifyConsistencyResponse found) {
    if (has(found, ReplicaDigest.Verdict.VERDICT_DIFFERENT)) {
      return "Replicas differ.";
    }
    return has(found, ReplicaDigest.Verdict.VERDICT_NO_ANSWER)
        ? "Not every replica answered; those that did are the same."
        : "All replicas are the same.";
  }
}
