package dev.usher.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FootprintTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void theCompilersOfThisProcessHaveTakenPartOfItsTime() {
    var compilers = Footprint.compilerCpu(ProcessHandle.current().pid());

    assertThat(compilers)
        .isPositive()
        .isLessThan(ProcessHandle.current().info().totalCpuDuration().orElseThrow());
  }

  @Test
  void ofAProcessThatIsGoneNothingIsKnown() {
    long none = Long.MAX_VALUE;
    assertThat(Files.exists(Path.of("/proc", Long.toString(none)))).isFalse();

    assertThat(Footprint.compilerCpu(none)).isEqualTo(Duration.ZERO);
    assertThat(Footprint.residentBytes(none)).isZero();
  }
}
