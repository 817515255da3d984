package dev.usher.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cli.SeedHunt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/usher simulate} does and says, run as the command runs it. */
class SimulatorHuntTest {
  @TempDir Path temporary;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private boolean hunt(SeedHunt.Order order) {
    return ServiceLoader.load(SeedHunt.class)
        .findFirst()
        .orElseThrow()
        .run(order, new PrintStream(said, true, UTF_8));
  }

  private static SeedHunt.Order order(int seeds, List<String> without, String mutant, Path trace) {
    return order(seeds, List.of(), without, mutant, trace);
  }

  private static SeedHunt.Order order(
      int seeds, List<String> plenty, List<String> without, String mutant, Path trace) {
    return new SeedHunt.Order(
        OptionalLong.empty(),
        OptionalLong.of(1),
        seeds,
        Duration.ofHours(1),
        3,
        without,
        plenty,
        Optional.of(mutant),
        Optional.ofNullable(trace),
        new AtomicBoolean());
  }

  private String said() {
    return said.toString(UTF_8);
  }

  @Test
  void aCleanHuntTellsHowFastItWasAndWhatHappened() {
    assertThat(hunt(order(3, List.of(), "none", null))).isTrue();
    assertThat(said())
        .contains("hunting from seed 1")
        .containsPattern("clean: seeds=3 first=1 .* seeds/hour=\\d+ events=\\d+ events/s=\\d+");
    Arrays.stream(FaultKind.values()).forEach(kind -> assertThat(said()).contains(kind.what()));
  }

  @Test
  void aFailureIsToldWithItsSeedItsShortestPrefixAndItsTrace() throws Exception {
    Path trace = temporary.resolve("trace");
    assertThat(hunt(order(100, List.of(), "answers-before-its-disk", trace))).isFalse();
    assertThat(said())
        .containsPattern("FAILED seed=\\d+ step=\\d+")
        .containsPattern("repeat: bin/usher simulate --seed \\d+ --nodes 3 --mutant answers-before")
        .containsPattern("shortest failing prefix: \\d+ steps")
        .containsPattern("simulate --seed \\d+ --nodes 3 --without [a-z,-]+ --mutant")
        .contains("its last steps:")
        .contains("trace=" + trace);
    assertThat(trace).content().contains("VoteRequest");
  }

  @Test
  void whatIsSwitchedOffDoesNotHappen() {
    List<String> all = FaultKind.switchable().map(FaultKind::option).toList();
    assertThat(hunt(order(3, all, "none", null))).isTrue();
    FaultKind.switchable()
        .forEach(kind -> assertThat(said()).containsPattern(" 0 +0  " + kind.what()));
  }

  @Test
  void whatThereIsPlentyOfHappensWhereItWouldNot() {
    assertThat(hunt(order(3, List.of(), "none", null))).isTrue();
    assertThat(said()).containsPattern(" 0 +0  a disk hangs");
    assertThat(hunt(order(3, List.of("disk-hang"), List.of(), "none", null))).isTrue();
    assertThat(said()).containsPattern(" 3 +[1-9]\\d*  a disk hangs");
  }

  @Test
  void aFailureAmongPlentyIsRepeatedWithPlenty() {
    assertThat(hunt(order(100, List.of("damage"), List.of(), "votes-with-a-damaged-log", null)))
        .isFalse();
    assertThat(said()).containsPattern("repeat: .* --nodes 3 --plenty damage --mutant votes");
  }

  @Test
  void whoeverCallsItOffGetsTheTotals() {
    SeedHunt.Order order = order(1_000_000, List.of(), "none", null);
    order.calledOff().set(true);
    assertThat(hunt(order)).isTrue();
    assertThat(said()).contains("clean: seeds=0");
  }

  @Test
  void mistypedNamesAreAnsweredWithThoseThatThereAre() {
    assertThatThrownBy(() -> hunt(order(1, List.of("crsh"), "none", null)))
        .hasMessageContaining("'crsh'; there are: crash, crash-all");
    assertThatThrownBy(() -> hunt(order(1, List.of("loss"), List.of(), "none", null)))
        .hasMessageContaining("plenty of 'loss'");
    assertThatThrownBy(() -> hunt(order(1, List.of(), "sleeps", null)))
        .hasMessageContaining("'sleeps'; there are: none, forgets-its-vote");
  }
}
