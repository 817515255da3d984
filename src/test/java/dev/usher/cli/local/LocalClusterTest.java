package dev.usher.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
  @TempDir Path dir;
  private Layout layout;

  @BeforeEach
  void writeFiles() {
    layout = FreshLayout.write(dir.resolve("cluster"), 1.0);
  }

  /** Starts a java that finds no jar, and so ends at once with a message. */
  private LocalCluster withoutJar() {
    var launcher =
        new Launcher(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            dir.resolve("no-such.jar"),
            Optional.empty(),
            Optional.empty(),
            "node");
    return new LocalCluster(layout, launcher, Duration.ofSeconds(60));
  }

  @Test
  void aBusyPortIsNamedAndNothingIsStarted() throws IOException {
    int port = layout.nodes().get(2).clientPort();
    try (var busy = new ServerSocket()) {
      busy.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThatThrownBy(() -> withoutJar().start(news -> {}))
          .isInstanceOf(LocalClusterException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("client-port of node-3")
          .hasMessageContaining("--stop");
    }
    assertThat(layout.sandbox().log()).doesNotExist();
    assertThat(layout.sandbox().pidFile()).doesNotExist();
  }

  @Test
  void twoProcessesOnOnePortAreRefused() throws IOException {
    Path conf = layout.sandbox().config();
    Files.writeString(
        conf,
        Files.readString(conf)
            .replaceAll("port = [0-9]+", "port = " + layout.nodes().getFirst().operationsPort()));
    var clashing = Layout.read(layout.workDir().resolve("conf"), layout.workDir());
    assertThatThrownBy(() -> Preflight.check(clashing.processes()))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("operations-port of node-1")
        .hasMessageContaining("port of sandbox");
  }

  @Test
  void aDirectoryThatIsAFileIsNamed() throws IOException {
    Files.createDirectories(layout.workDir().resolve("data"));
    Files.writeString(layout.workDir().resolve("data/node-2"), "in the way");
    assertThatThrownBy(() -> Preflight.check(layout.processes()))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("node-2")
        .hasMessageContaining("can't be written");
  }

  @Test
  void tooLittleDiskIsSaidInMebibytes() {
    long little = 100L * 1024 * 1024;
    assertThatThrownBy(() -> Preflight.requireSpace(dir, little, 4))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("100 MiB free, 800 MiB are needed");
    assertThatCode(() -> Preflight.requireSpace(dir, 8 * little, 4)).doesNotThrowAnyException();
  }

  @Test
  void aProcessThatEndsWhileStartingIsShownWithItsLogAndNothingIsLeft() {
    var cluster = withoutJar();
    assertThatThrownBy(() -> cluster.start(news -> {}))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("sandbox ended while it started")
        .hasMessageContaining("no-such.jar");
    for (ProcessSpec process : layout.processes()) {
      assertThat(cluster.running(process)).isEmpty();
      assertThat(process.pidFile()).doesNotExist();
    }
  }

  @Test
  void secretsAreMadeOnceAndForTheOwnerOnly() throws IOException {
    Path secret = dir.resolve("secrets/key");
    Secrets.ensure(secret, "sk_test_");
    String first = Secrets.read(secret);
    Secrets.ensure(secret, "sk_test_");
    assertThat(Secrets.read(secret)).isEqualTo(first).startsWith("sk_test_").hasSizeGreaterThan(40);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  @Test
  void stoppingEndsWhatThePidFileNames() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    try {
      ProcessSpec node = layout.nodes().getFirst();
      Files.createDirectories(node.runDir());
      PidFile.write(node.pidFile(), sleeper.toHandle());
      assertThat(withoutJar().stop(List.of(node))).containsExactly("node-1");
      assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(node.pidFile()).doesNotExist();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void aStrangerWithTheSamePidIsLeftAlone() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    try {
      ProcessSpec node = layout.nodes().getFirst();
      Files.createDirectories(node.runDir());
      long anHourEarlier = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
      Files.writeString(node.pidFile(), sleeper.pid() + " " + anHourEarlier);
      assertThat(withoutJar().running(node)).isEmpty();
      assertThat(withoutJar().stop(List.of(node))).isEmpty();
      assertThat(sleeper.isAlive()).isTrue();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void nothingIsStartedOnceTheClusterIsClosed() {
    var cluster = withoutJar();
    cluster.close();
    assertThatThrownBy(() -> cluster.start(news -> {}))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("being stopped");
    assertThat(layout.sandbox().log()).doesNotExist();
  }
}
