package dev.usher.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path dir;

  @Test
  void withoutACacheBesideTheJarAProcessStartsWithout() {
    assertThat(command()).noneMatch(option -> option.startsWith("-XX:AOTCache"));
  }

  @Test
  void aProcessIsGivenTheCacheThatTheBuildLeftBesideTheJar() throws IOException {
    assumeTrue(Runtime.version().feature() >= 25, "caches are made in one step since JDK 25");
    Path cache = Files.createFile(dir.resolve("usher.aot"));
    assertThat(command()).containsSubsequence("-XX:AOTCache=" + cache, "-jar", "node", "--config");
  }

  private List<String> command() {
    var launcher =
        new Launcher(
            Path.of("java"), dir.resolve("usher.jar"), Optional.empty(), Optional.empty(), "node");
    var layout = FreshLayout.write(dir.resolve("cluster"), 1.0);
    return launcher.command(layout.nodes().getFirst());
  }
}
