package dev.usher.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
  @TempDir Path dir;

  @Test
  void theShippedFilesAreThreeNodesAndASandboxAndTwoNodesThatMayJoin() {
    var layout = Layout.read(Path.of("conf"), dir);
    assertThat(layout.standing())
        .extracting(ProcessSpec::name)
        .containsExactly("node-1", "node-2", "node-3");
    assertThat(layout.nodes())
        .filteredOn(ProcessSpec::joins)
        .extracting(ProcessSpec::name)
        .containsExactly("node-4", "node-5");
    assertThat(layout.standing())
        .extracting(ProcessSpec::clientPort)
        .containsExactly(7101, 7102, 7103);
    assertThat(layout.sandbox().clientPort()).isEqualTo(7500);
    assertThat(layout.operatorEmail()).isEqualTo("operator@usher.local");
    assertThat(layout.operatorPasswordFile())
        .isEqualTo(dir.resolve("data/secrets/operator-password"));
    assertThat(layout.node("2")).isEqualTo(layout.node("node-2")).isPresent();
    assertThat(layout.node("6")).isEmpty();
  }

  @Test
  void aNodeThatJoinsStandsWithTheOthersOnceItWasStarted() throws IOException {
    var layout = FreshLayout.write(dir.resolve("new"), 1.0, "", 1);
    assertThat(layout.nodes()).hasSize(4);
    assertThat(layout.standing()).hasSize(3);
    Files.createDirectories(layout.node("4").orElseThrow().dataDir().resolve("log"));
    assertThat(layout.standing()).hasSize(4);
  }

  @Test
  void aFreshClusterHasPortsOfItsOwn() {
    var layout = FreshLayout.write(dir.resolve("new"), 3.0);
    var ports =
        layout.processes().stream().flatMap(p -> p.ports().stream()).map(ProcessSpec.Port::number);
    assertThat(ports).hasSize(13).doesNotHaveDuplicates().allMatch(p -> p >= 20_000 && p < 32_768);
    assertThat(dir.resolve("new/conf/node-2.conf")).content().contains("time-scale = 3.0");
  }

  @Test
  void aDirectoryThatHoldsSomethingIsLeftAlone() throws IOException {
    Files.writeString(dir.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> FreshLayout.write(dir, 1.0))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("not empty");
    assertThat(dir.resolve("conf")).doesNotExist();
  }

  @Test
  void onlyADirectoryThatWasMadeHereIsRemoved() {
    var shipped = Layout.read(Path.of("conf"), dir);
    assertThatThrownBy(() -> FreshLayout.delete(shipped)).isInstanceOf(LocalClusterException.class);
    assertThat(dir).exists();
    var fresh = FreshLayout.write(dir.resolve("new"), 1.0);
    FreshLayout.delete(fresh);
    assertThat(dir.resolve("new")).doesNotExist();
  }

  @Test
  void aSyntaxErrorNamesTheFile() throws IOException {
    var layout = FreshLayout.write(dir.resolve("new"), 1.0);
    Path broken = layout.nodes().get(1).config();
    Files.writeString(broken, "usher { node { id = ");
    assertThatThrownBy(() -> Layout.read(layout.workDir().resolve("conf"), dir))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("bad configuration")
        .hasMessageContaining("node-2.conf");
  }

  @Test
  void aMissingSettingIsNamed() throws IOException {
    var layout = FreshLayout.write(dir.resolve("new"), 1.0);
    Path file = layout.nodes().getFirst().config();
    Files.writeString(file, Files.readString(file).replaceAll("peer-port = [0-9]+,", ""));
    assertThatThrownBy(() -> Layout.read(layout.workDir().resolve("conf"), dir))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("peer-port")
        .hasMessageContaining("node-1.conf");
  }

  @Test
  void aDirectoryWithoutNodesIsNamed() {
    assertThatThrownBy(() -> Layout.read(dir, dir))
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("--conf");
  }
}
