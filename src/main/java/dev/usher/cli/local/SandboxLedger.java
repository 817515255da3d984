package dev.usher.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** What the payment sandbox has in its books: the provider's side of the story. */
public final class SandboxLedger {
  private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI summary;
  private final String key;

  private SandboxLedger(URI summary, String key) {
    this.summary = summary;
    this.key = key;
  }

  /** The ledger of a running local cluster. */
  public static SandboxLedger of(LocalCluster cluster) {
    ProcessSpec sandbox = cluster.layout().sandbox();
    return new SandboxLedger(
        URI.create("http://" + sandbox.host() + ":" + sandbox.clientPort() + "/usher/summary"),
        cluster.layout().paymentKey());
  }

  /**
   * The books at one moment.
   *
   * @param openAuthorizations authorized, neither captured nor voided
   * @param captures payments that were captured
   * @param capturedMinor their sum in the currency's smallest unit
   */
  public record Books(int openAuthorizations, int captures, long capturedMinor) {}

  /** Reads the books; {@code currency} is ISO 4217. */
  public Books read(String currency) {
    JsonNode json = get();
    String lower = currency.toLowerCase(java.util.Locale.ROOT);
    return new Books(
        required(json, "/open/count").asInt(),
        required(json, "/captured/count").asInt(),
        required(json, "/captured/total").path(lower).asLong());
  }

  private JsonNode required(JsonNode json, String pointer) {
    JsonNode node = json.at(pointer);
    if (node.isMissingNode()) {
      throw new LocalClusterException(summary + " gives no " + pointer);
    }
    return node;
  }

  private JsonNode get() {
    try {
      var connection = (HttpURLConnection) summary.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      connection.setRequestProperty("Authorization", "Bearer " + key);
      try (var body = connection.getInputStream()) {
        return MAPPER.readTree(body);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new LocalClusterException(
          "the payment sandbox does not answer at " + summary + " (" + e.getMessage() + ")", e);
    }
  }
}
