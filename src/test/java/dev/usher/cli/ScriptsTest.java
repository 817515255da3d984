package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the scripts that need no jar. */
class ScriptsTest {
  private record Ran(int code, String out, String err) {}

  private static Ran run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), out, err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frobnicate", "seven", "1 2", "--conf", "--stop 2", "10"})
  void aMistypedArgumentGivesTheUsage(String arguments) throws Exception {
    var command = new ArrayList<>(List.of("bash", "bin/start-node.sh"));
    command.addAll(List.of(arguments.split(" ")));
    var ran = run(command.toArray(String[]::new));
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).startsWith("start-node.sh: ").contains("Usage: bin/start-node.sh");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void helpIsOnStandardOutput() throws Exception {
    var ran = run("bash", "bin/start-node.sh", "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("--stop");
  }

  @Test
  void theRunningJdkIsNewEnoughForTheScripts() throws Exception {
    var ran =
        run("bash", "-c", ". bin/jdk.sh; jdk_major '" + System.getProperty("java.home") + "'");
    assertThat(ran.out().strip()).isEqualTo(String.valueOf(Runtime.version().feature()));
  }

  @Test
  void aDirectoryWithoutAJdkHasNoVersion() throws Exception {
    var ran = run("bash", "-c", ". bin/jdk.sh; jdk_major /tmp");
    assertThat(ran.code()).isNotZero();
    assertThat(ran.out()).isEmpty();
  }
}
