package dev.usher.node;

import dev.usher.cli.UsherCli;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The one entry of the jar: a node, the payment sandbox, a node of the engine's bench, the build's
 * training run, or the command line.
 */
public final class Main {
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] args) {
    var rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (args.length == 0 ? "" : args[0]) {
      case "node" -> NodeProcess.run(configFile("node", rest));
      case "sandbox" -> {
        // `usher sandbox fault …` is a command to a sandbox that runs.
        if (rest.length > 0 && !rest[0].equals("--config")) {
          System.exit(UsherCli.run(args));
        }
        SandboxProcess.run(configFile("sandbox", rest));
      }
      case "bench-node" -> EngineBenchNode.run(configFile("bench-node", rest));
      case "train" -> TrainingRun.run();
      default -> System.exit(UsherCli.run(args));
    }
  }

  private static Path configFile(String process, String[] args) {
    if (args.length == 2 && args[0].equals("--config")) {
      return Path.of(args[1]);
    }
    System.err.println(
        "usage: java -jar usher.jar "
            + process
            + " --config FILE   (for example conf/"
            + (process.equals("node") ? "node-1" : process)
            + ".conf; bin/start-node.sh starts three nodes and the sandbox)");
    System.exit(USAGE);
    throw new IllegalStateException("exit returned");
  }
}
