package dev.usher.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
      "Faults: timeout-before, timeout-after, error-500-once, slow, down, webhook-late,"
          + " webhook-twice, webhook-reordered; none switches all off.",
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
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

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
    try (var http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build()) {
      return http.send(request(), BodyHandlers.ofString());
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

  private HttpRequest request() {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/usher/faults"))
            .timeout(ANSWER_WITHIN)
            .header("Authorization", "Bearer " + key());
    return fault
        .map(name -> request.POST(BodyPublishers.ofString(form(name))))
        .orElse(request)
        .build();
  }

  private String form(String name) {
    var form = new StringBuilder("name=" + encode(name));
    on.ifPresent(value -> form.append("&on=").append(encode(value)));
    times.ifPresent(value -> form.append("&times=").append(value));
    millis.ifPresent(value -> form.append("&millis=").append(value));
    return form.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
