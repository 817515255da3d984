package dev.usher.payment.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How to run a sandbox.
 *
 * @param port 0 takes a free one
 * @param dataDir where {@code ledger.jsonl} lives; created when missing
 * @param secretKey what clients send as {@code Authorization: Bearer}; at least 16 characters
 * @param webhooks addresses that events are told to, at most 16
 */
public record SandboxSettings(
    String host, int port, Path dataDir, String secretKey, List<Webhook> webhooks) {
  private static final int MIN_SECRET = 16;
  private static final int MAX_WEBHOOKS = 16;

  public SandboxSettings {
    secretKey = secretKey.strip();
    webhooks = List.copyOf(webhooks);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("sandbox port " + port + " is not within 0 to 65535");
    }
    if (secretKey.length() < MIN_SECRET) {
      throw new IllegalArgumentException("the sandbox's secret key has fewer than 16 characters");
    }
    if (webhooks.size() > MAX_WEBHOOKS) {
      throw new IllegalArgumentException("the sandbox tells at most 16 webhook addresses");
    }
  }

  /** One that tells nobody. */
  public SandboxSettings(String host, int port, Path dataDir, String secretKey) {
    this(host, port, dataDir, secretKey, List.of());
  }

  /**
   * An address that events are told to.
   *
   * @param secret what they are signed with; at least 16 characters
   * @param events the types that it is told, Stripe's {@code enabled_events}; none stands for all
   */
  public record Webhook(URI url, String secret, Set<String> events) {
    public Webhook {
      secret = secret.strip();
      events = Set.copyOf(events);
      if (secret.length() < MIN_SECRET) {
        throw new IllegalArgumentException("a webhook's secret has fewer than 16 characters");
      }
    }

    /** One that is told everything. */
    public Webhook(URI url, String secret) {
      this(url, secret, Set.of());
    }

    /** What it is called in the ledger. */
    String address() {
      return url.toString();
    }

    boolean wants(String eventType) {
      return events.isEmpty() || events.contains(eventType);
    }

    @Override
    public String toString() {
      return "Webhook[" + url + "]";
    }
  }

  @Override
  public String toString() {
    return "SandboxSettings[" + host + ":" + port + ", " + dataDir + "]";
  }
}
