package dev.usher.cli;

import dev.usher.cli.local.Launcher;
import dev.usher.cli.local.Layout;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What starting and stopping local nodes have in common. */
abstract class NodesCommand implements Callable<Integer> {
  static final Duration START_LIMIT = Duration.ofSeconds(90);

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "The node-N.conf files and sandbox.conf (default: conf/ beside bin/).",
      order = 1)
  Optional<Path> conf = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "The directory that relative paths in them start from (default: the one above bin/).",
      order = 2)
  Optional<Path> dir = Optional.empty();

  final Cli cli;

  NodesCommand(Cli cli) {
    this.cli = cli;
  }

  LocalCluster cluster() {
    Path home = Launcher.home();
    Path work = dir.map(Path::toAbsolutePath).map(Path::normalize).orElse(home);
    Path files = conf.map(Path::toAbsolutePath).orElse(home.resolve("conf"));
    return new LocalCluster(Layout.read(files, work), Launcher.ofThisProgram(), START_LIMIT);
  }

  Progress progress() {
    return new Progress(cli.terminal(), cli.terminal().err());
  }

  static String addresses(Layout layout) {
    return layout.standing().stream().map(NodesCommand::address).collect(Collectors.joining(","));
  }

  static String address(ProcessSpec node) {
    return node.host() + ":" + node.clientPort();
  }
}
