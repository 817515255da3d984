package dev.usher.node;

import com.typesafe.config.Config;
import dev.usher.payment.sandbox.Sandbox;
import dev.usher.payment.sandbox.SandboxSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The payment sandbox as a process of its own, as a real provider is. */
final class SandboxProcess {
  private static final Logger log = LoggerFactory.getLogger(SandboxProcess.class);

  private SandboxProcess() {}

  static void run(Path configFile) {
    try {
      var sandbox = start(configFile);
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "usher-shutdown"));
      log.info("sandbox=serving address={}", sandbox.baseUrl());
      sandbox
          .ended()
          .thenAccept(failure -> failure.ifPresent(SandboxProcess::halt))
          .toCompletableFuture()
          .join();
    } catch (RuntimeException e) {
      System.err.println("usher sandbox: " + e.getMessage());
      Runtime.getRuntime().halt(NodeProcess.FAILED);
    }
  }

  static Sandbox start(Path configFile) {
    return Sandbox.start(NodeSettings.Reader.open(configFile).read(SandboxProcess::settings));
  }

  private static void halt(Throwable failure) {
    System.err.println("usher sandbox halts: " + failure.getMessage());
    Runtime.getRuntime().halt(NodeProcess.HALTED);
  }

  private static SandboxSettings settings(Config usher) {
    var sandbox = usher.getConfig("sandbox");
    return new SandboxSettings(
        sandbox.getString("host"),
        sandbox.getInt("port"),
        Path.of(sandbox.getString("data-dir")),
        NodeSettings.secret(Path.of(sandbox.getString("secret-key-file"))),
        sandbox.getConfigList("webhooks").stream().map(SandboxProcess::webhook).toList());
  }

  private static SandboxSettings.Webhook webhook(Config webhook) {
    return new SandboxSettings.Webhook(
        URI.create(webhook.getString("url")),
        NodeSettings.secret(Path.of(webhook.getString("secret-file"))),
        webhook.hasPath("events") ? Set.copyOf(webhook.getStringList("events")) : Set.of());
  }
}
