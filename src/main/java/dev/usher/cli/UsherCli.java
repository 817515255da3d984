package dev.usher.cli;

import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.Waiting;
import dev.usher.cli.local.LocalClusterException;
import dev.usher.cli.term.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;

/** The command line: finds the command, runs it, turns what went wrong into words and a code. */
public final class UsherCli {
  private UsherCli() {}

  /**
   * Runs one command line.
   *
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(String[] args) {
    quietLibraries();
    return run(args, new Cli(Terminal.ofProcess(), System.getenv(), Waiting.real()));
  }

  static int run(String[] args, Cli cli) {
    var terminal = cli.terminal();
    var out = writer(terminal.out());
    var err = writer(terminal.err());
    int code =
        commandLine(cli)
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(args);
    out.flush();
    err.flush();
    terminal.out().flush();
    return code;
  }

  private static PrintWriter writer(PrintStream to) {
    return new PrintWriter(to, true, StandardCharsets.UTF_8);
  }

  /** A command prints what it has to say; grpc's and netty's own log lines would be in the way. */
  private static void quietLibraries() {
    // Unpacking netty's native library costs more time than it gives a command back.
    System.setProperty("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory.setDefaultFactory(
        io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory.INSTANCE);
  }

  @Command(
      name = "usher",
      header = "Usher, a box office that cannot oversell.",
      synopsisSubcommandLabel = "COMMAND",
      description = {
        "",
        "Start with `usher demo`: three nodes on this machine, thirty buyers for one seat, and a"
            + " leader that is killed while people buy.",
        "",
      },
      footer = {
        "",
        "usher COMMAND --help says more. Names can be short: hamlet is events/hamlet.",
        "",
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused (seat taken, card declined, …),",
        "            4 no node answered in time, 5 not logged in or not allowed.",
        "",
        "Environment: USHER_NODES (nodes to call), USHER_HOME (where the session is kept),",
        "             NO_COLOR (no colours)."
      })
  static final class Root {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "venue", header = "Import seating plans.")
  static final class VenueGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "event", header = "Create and publish events.")
  static final class EventGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "cluster", header = "Look at the nodes, move a leadership, add and remove nodes.")
  static final class ClusterGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "snapshot", header = "Save the replicated state, look at it, begin anew with it.")
  static final class SnapshotGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "nodes", header = "Start and stop nodes on this machine.")
  static final class NodesGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "payment", header = "Move money that belongs to no booking; for finance.")
  static final class PaymentGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(
      name = "payment-method",
      header = "Get rid of cards; `usher payment-methods` lists them.")
  static final class PaymentMethodGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  @Command(name = "sandbox", header = "Tell the payment sandbox to fail.")
  static final class SandboxGroup {
    @Mixin final CommonOptions common = new CommonOptions();
  }

  private static CommandLine commandLine(Cli cli) {
    CommandLine root =
        new CommandLine(new Root())
            .addSubcommand(new DemoCommand(cli))
            .addSubcommand(new BenchCommand(cli))
            .addSubcommand(new LoadCommand(cli))
            .addSubcommand(new ChatEvalCommand(cli))
            .addSubcommand(new BenchRaftCommand(cli))
            .addSubcommand(new SimulateCommand(cli))
            .addSubcommand(
                new CommandLine(new NodesGroup())
                    .addSubcommand(new NodesStartCommand(cli))
                    .addSubcommand(new NodesStopCommand(cli)))
            .addSubcommand(
                new CommandLine(new ClusterGroup())
                    .addSubcommand(new ClusterStatusCommand(cli))
                    .addSubcommand(new ClusterWatchCommand(cli))
                    .addSubcommand(new ClusterVerifyCommand(cli))
                    .addSubcommand(new ClusterTransferCommand(cli))
                    .addSubcommand(new ClusterAddCommand(cli))
                    .addSubcommand(new ClusterPromoteCommand(cli))
                    .addSubcommand(new ClusterRemoveCommand(cli))
                    .addSubcommand(new ClusterDrainCommand(cli))
                    .addSubcommand(new ClusterUndrainCommand(cli)))
            .addSubcommand(
                new CommandLine(new SnapshotGroup())
                    .addSubcommand(new SnapshotSaveCommand(cli))
                    .addSubcommand(new SnapshotInspectCommand(cli))
                    .addSubcommand(new SnapshotRestoreCommand(cli)))
            .addSubcommand(new RegisterCommand(cli))
            .addSubcommand(new LoginCommand(cli))
            .addSubcommand(new LogoutCommand(cli))
            .addSubcommand(new CommandLine(new VenueGroup()).addSubcommand(new VenueCommand(cli)))
            .addSubcommand(
                new CommandLine(new EventGroup())
                    .addSubcommand(new EventCreateCommand(cli))
                    .addSubcommand(new EventPublishCommand(cli)))
            .addSubcommand(new EventsCommand(cli))
            .addSubcommand(new SeatsCommand(cli))
            .addSubcommand(new HoldCommand(cli))
            .addSubcommand(new BookCommand(cli))
            .addSubcommand(new BookingsCommand(cli))
            .addSubcommand(new CancelCommand(cli))
            .addSubcommand(new RedeemCommand(cli))
            .addSubcommand(new PaymentMethodsCommand(cli))
            .addSubcommand(
                new CommandLine(new PaymentMethodGroup())
                    .addSubcommand(new PaymentMethodDeleteCommand(cli)))
            .addSubcommand(new PaymentsCommand(cli))
            .addSubcommand(new ReconcileCommand(cli))
            .addSubcommand(
                new CommandLine(new PaymentGroup())
                    .addSubcommand(new PaymentCreateCommand(cli))
                    .addSubcommand(new PaymentCaptureCommand(cli))
                    .addSubcommand(new PaymentCancelCommand(cli))
                    .addSubcommand(new PaymentRefundCommand(cli)))
            .addSubcommand(
                new CommandLine(new SandboxGroup()).addSubcommand(new SandboxFaultCommand(cli)))
            .addSubcommand(new ChatCommand(cli))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(100)
            .setExecutionStrategy(new CommandLine.RunLast())
            .setParameterExceptionHandler((e, arguments) -> wrongUsage(cli, e))
            .setExecutionExceptionHandler((e, command, parsed) -> failed(cli, e, parsed));
    inGivenOrder(root);
    return root;
  }

  /** Help shows options in the order that was thought about, not by the alphabet. */
  private static void inGivenOrder(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    command.getSubcommands().values().forEach(UsherCli::inGivenOrder);
  }

  private static int wrongUsage(Cli cli, CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    var err = cli.terminal().err();
    String name = command.getCommandSpec().qualifiedName();
    boolean group = command.getSubcommands().size() > 0;
    err.println(name + ": " + whatIsWrong(e, group));
    var writer = writer(err);
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, writer)) {
      if (group) {
        command.usage(writer, Ansi.OFF);
      } else {
        err.println("→ " + name + " --help");
      }
    }
    writer.flush();
    return ExitCode.USAGE;
  }

  private static String whatIsWrong(CommandLine.ParameterException e, boolean group) {
    String message = String.valueOf(e.getMessage());
    if (group && message.startsWith("Missing required subcommand")) {
      return "which command?";
    }
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return "it has no %s '%s'"
          .formatted(group ? "command" : "option or argument", unmatched.getUnmatched().getFirst());
    }
    return message.replaceFirst("^Error: ", "");
  }

  private static int failed(Cli cli, Exception e, ParseResult parsed) throws Exception {
    var err = cli.terminal().err();
    return switch (e) {
      case CallFailedException call -> {
        var explanation = Explanation.of(call);
        err.print(wantsJson(parsed) ? explanation.json() + "\n" : explanation.text());
        yield explanation.exitCode();
      }
      case CliException cliException -> {
        err.println(cliException.getMessage());
        yield cliException.exitCode();
      }
      case LocalClusterException local -> {
        err.println(local.getMessage());
        yield ExitCode.FAILED;
      }
      default -> throw e;
    };
  }

  private static boolean wantsJson(ParseResult parsed) {
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    return CommonOptions.json(deepest.commandSpec());
  }
}
