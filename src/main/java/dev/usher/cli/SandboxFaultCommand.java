package dev.usher.cli;

import dev.usher.cli.local.SandboxFaults;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fault",
    header = "Make the payment sandbox fail by name, or list what it is told to do wrong.",
    description = {
      "",
      "Faults: timeout-before, timeout-after, error-500-once, error-500-kept, slow, down,"
          + " webhook-late, webhook-twice, webhook-reordered; none switches all off.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  usher sandbox fault timeout-after --on capture",
      "  usher sandbox fault slow --millis 500",
      "  usher sandbox fault none"
    })
final class SandboxFaultCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1", paramLabel = "FAULT", description = "Without one: lists them.")
  Optional<String> fault = Optional.empty();

  @Option(
      names = "--on",
      paramLabel = "OPERATION,…",
      description =
          "Only these: payment-method, authorize, confirm, capture, cancel, refund, query.")
  Optional<String> on = Optional.empty();

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How often, then it switches itself off.")
  Optional<Integer> times = Optional.empty();

  @Option(names = "--millis", paramLabel = "MS", description = "How late, or how long silent.")
  Optional<Integer> millis = Optional.empty();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The sandbox (default: ${DEFAULT-VALUE}).")
  String url = "http://127.0.0.1:7500";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Holds its secret key (default: ${DEFAULT-VALUE}).")
  Path keyFile = Path.of("data/secrets/payment-key");

  private final Cli cli;

  SandboxFaultCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    var answer = ask();
    if (answer.statusCode() != 200) {
      throw new CliException(
          answer.statusCode() == 400 ? ExitCode.USAGE : ExitCode.FAILED,
          "the sandbox refused with HTTP " + answer.statusCode() + ": " + answer.body());
    }
    cli.terminal().out().println(answer.body());
    return ExitCode.OK;
  }

  private HttpResponse<String> ask() {
    try (var faults = new SandboxFaults(url, key())) {
      return fault.isPresent() ? faults.switchOn(fault.get(), options()) : faults.list();
    } catch (IOException | IllegalArgumentException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "no payment sandbox answers at "
              + url
              + "; bin/start-node.sh starts one, --url names it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.FAILED, "interrupted");
    }
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    on.ifPresent(value -> options.put("on", value));
    times.ifPresent(value -> options.put("times", value.toString()));
    millis.ifPresent(value -> options.put("millis", value.toString()));
    return options;
  }

  private String key() {
    try {
      return Files.readString(keyFile).strip();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE, keyFile + " can't be read; --key-file names the sandbox's secret key");
    }
  }
}
