package dev.usher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
  @TempDir Path dir;

  @BeforeEach
  void secretsLieReady() throws IOException {
    Files.writeString(dir.resolve("password"), "correct horse\n");
    Files.writeString(dir.resolve("key"), "sk_test_0123456789\n");
    Files.writeString(dir.resolve("webhook"), "whsec_1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theShippedNodeFilesAreComplete(int number) throws IOException {
    var shipped = Files.readString(Path.of("conf", "node-" + number + ".conf"));
    var settings = load(shipped + secrets());

    assertThat(settings.self()).isEqualTo(new NodeId("node-" + number));
    assertThat(settings.members()).hasSize(3);
    assertThat(settings.own().clientPort()).isEqualTo(7100 + number);
    assertThat(settings.raft().heartbeat()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.raft().electionTimeoutMin()).isEqualTo(Duration.ofMillis(150));
    assertThat(settings.raft().electionTimeoutMax()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void leasesAreOffUnlessTheyAreTurnedOn() throws IOException {
    var plain = load(minimal());
    assertThat(Ground.replicaSettings(plain).raft().leaseMs()).isZero();

    // 150 ms, less what the clocks may drift apart, less one for rounding.
    var leased = load(minimal() + "usher.raft { lease = on, lease-drift-percent = 20 }");
    assertThat(Ground.replicaSettings(leased).raft().leaseMs()).isEqualTo(119);
  }

  @Test
  void theTimeScaleMultipliesAllRaftTimes() throws IOException {
    var raft = load(minimal() + "usher.raft.time-scale = 3").raft();

    assertThat(raft.heartbeat()).isEqualTo(Duration.ofMillis(150));
    assertThat(raft.electionTimeoutMin()).isEqualTo(Duration.ofMillis(450));
    assertThat(raft.electionTimeoutMax()).isEqualTo(Duration.ofMillis(900));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "usher.node.id = node-9 | usher.node.id is node-9, which usher.cluster.nodes does not have",
        "usher.node.id = \"Node 1\" | a node id is 1 to 63",
        "usher.raft.time-scale = 0 | usher.raft.time-scale is 0.0",
        "usher.raft.heartbeat = 100 ms | 2 x heartbeat",
        "usher.raft.heartbeat = soon | heartbeat",
        "usher.raft { lease = on, lease-drift-percent = 91 } | usher.raft.lease-drift-percent is"
            + " 91",
        "usher.groups.seats = 0 | usher.groups.seats is 0",
        "usher.payment.base-url = nowhere | usher.payment.base-url is no http(s) address: nowhere",
        "usher.chat.zone = Mars | usher.chat.zone is no time zone: Mars",
        "usher.auth.operator-password-file = absent | names absent, which can't be read",
        "usher.auth.session-lifetime = 0 s | auth.session-lifetime must be longer than nothing",
      })
  void aWrongSettingIsNamedWithItsFile(String setting, String sentence) {
    assertThatThrownBy(() -> load(minimal() + setting))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(sentence)
        .hasMessageStartingWith(dir.resolve("node.conf").toString());
  }

  @Test
  void aMissingSettingIsNamed() {
    assertThatThrownBy(() -> load("usher.node.id = node-1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cluster.nodes");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> NodeSettings.load(dir.resolve("no.conf")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no.conf");
  }

  @Test
  void anEmptySecretIsRefusedWithoutShowingAnything() throws IOException {
    var empty = Files.writeString(dir.resolve("empty"), "\n");

    assertThatThrownBy(() -> NodeSettings.secret(empty))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("must hold the secret in one line");
  }

  private NodeSettings load(String text) throws IOException {
    return NodeSettings.load(Files.writeString(dir.resolve("node.conf"), text));
  }

  private String minimal() {
    return """
    usher.node { id = node-1, data-dir = "data" }
    usher.cluster.nodes = [
      { id = node-1, host = localhost, client-port = 1, peer-port = 2, operations-port = 3, cluster-port = 4 }
    ]
    """
        + secrets();
  }

  private String secrets() {
    return """

    usher.auth.operator-password-file = "%s"
    usher.payment.secret-key-file = "%s"
    usher.payment.webhook-secret-file = "%s"
    """
        .formatted(dir.resolve("password"), dir.resolve("key"), dir.resolve("webhook"));
  }
}
