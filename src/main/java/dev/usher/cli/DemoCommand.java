package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.demo.Checks;
import dev.usher.cli.demo.Demo;
import dev.usher.cli.local.Launcher;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Progress;
import dev.usher.cli.term.Terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    header = "See it work: a race for one seat, a killed leader, a node that comes back.",
    description = {
      "",
      "Starts three nodes and the payment sandbox on free ports with fresh data, imports a small"
          + " theatre, puts an event on sale, lets 30 buyers race for one seat, kills the leader"
          + " with SIGKILL while people buy, books at the new leader, starts the killed node again"
          + " and waits until it caught up, compares seats and money, and stops everything.",
      "",
      "Exit code 0 only when every line held. When one did not, the nodes' logs are kept."
    },
    footer = {"", "Examples:", "  usher demo", "  usher demo --dir /tmp/usher --keep"})
final class DemoCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final FreshOptions fresh = new FreshOptions();

  @Option(names = "--price", paramLabel = "AMOUNT", description = "Of a seat, in EUR (45).")
  String price = "45";

  private final Cli cli;

  DemoCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    var to = common.json() ? cli.terminal().err() : cli.terminal().out();
    var progress = new Progress(cli.terminal(), to);
    byte[] plan = plan();
    try (var owned = fresh.open("demo", progress)) {
      LocalCluster cluster = owned.cluster();
      List<Checks.Check> checks =
          new Demo(cluster, plan, Amounts.parse(price, "EUR"), TestCard.OK.card(), progress).run();
      boolean held = !checks.isEmpty() && checks.stream().allMatch(Checks.Check::held);
      if (held) {
        owned.succeeded();
      }
      if (common.json()) {
        cli.terminal().out().println(json(checks, held));
      } else {
        progress.say(
            held
                ? cli.terminal().styled(Style.GOOD, "Everything held.")
                : cli.terminal().styled(Style.BAD, "Not everything held."));
      }
      return held ? ExitCode.OK : ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] plan() {
    Path file = Launcher.home().resolve("conf").resolve("venues").resolve("playhouse.json");
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "the demo's theatre " + file + " can't be read");
    }
  }

  private static String json(List<Checks.Check> checks, boolean held) {
    var root = new ObjectMapper().createObjectNode().put("held", held);
    var array = root.putArray("checks");
    checks.forEach(
        check ->
            array
                .addObject()
                .put("id", check.id())
                .put("held", check.held())
                .put("seen", check.seen()));
    return root.toPrettyString();
  }
}
