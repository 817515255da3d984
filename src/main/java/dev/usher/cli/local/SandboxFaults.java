package dev.usher.cli.local;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a payment sandbox to fail by name (docs/payments.md, Faults). Safe for many threads. */
public final class SandboxFaults implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final URI faults;
  private final String key;
  private final HttpClient http;

  /**
   * @param key the sandbox's secret key
   * @throws IllegalArgumentException when the address is none
   */
  public SandboxFaults(String address, String key) {
    this.faults = URI.create(address + "/usher/faults");
    this.key = key;
    this.http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  }

  /** Those of a local cluster's sandbox. */
  public static SandboxFaults of(LocalCluster cluster) {
    ProcessSpec sandbox = cluster.layout().sandbox();
    return new SandboxFaults(
        "http://" + sandbox.host() + ":" + sandbox.clientPort(), cluster.layout().paymentKey());
  }

  /** Asks which are switched on. */
  public HttpResponse<String> list() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(faults));
  }

  /**
   * Switches one on.
   *
   * @param options {@code on}, {@code times}, {@code millis}; what is left out is the fault's own
   */
  public HttpResponse<String> switchOn(String name, Map<String, String> options)
      throws IOException, InterruptedException {
    String form =
        options.entrySet().stream()
            .map(option -> "&" + option.getKey() + "=" + encode(option.getValue()))
            .collect(Collectors.joining("", "name=" + encode(name), ""));
    return send(HttpRequest.newBuilder(faults).POST(BodyPublishers.ofString(form)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(ANSWER_WITHIN).header("Authorization", "Bearer " + key).build(),
        BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
