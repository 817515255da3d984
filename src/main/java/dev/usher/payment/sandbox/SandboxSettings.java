package dev.usher.payment.sandbox;

import java.nio.file.Path;

/**
 * How to run a sandbox.
 *
 * @param port 0 takes a free one
 * @param dataDir where {@code ledger.jsonl} lives; created when missing
 * @param secretKey what clients send as {@code Authorization: Bearer}; at least 16 characters
 */
public record SandboxSettings(String host, int port, Path dataDir, String secretKey) {
  public SandboxSettings {
    secretKey = secretKey.strip();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("sandbox port " + port + " is not within 0 to 65535");
    }
    if (secretKey.length() < 16) {
      throw new IllegalArgumentException("the sandbox's secret key has fewer than 16 characters");
    }
  }

  @Override
  public String toString() {
    return "SandboxSettings[" + host + ":" + port + ", " + dataDir + "]";
  }
}
