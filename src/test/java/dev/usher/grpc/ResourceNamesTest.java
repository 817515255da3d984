package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {
  private final Violations violations = new Violations();

  @Test
  void aNameIsTakenApartAndPutTogether() {
    var name = ResourceNames.seat("hamlet", "stalls-A-1");
    assertThat(ResourceNames.parseInEvent(name, "seats", "name", violations))
        .isEqualTo(new ResourceNames.InEvent("hamlet", "stalls-A-1"));
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hamlet",
        "events",
        "events/",
        "events/a/b",
        "event/hamlet",
        "events/ha mlet",
        "events/ünder",
        "/events/hamlet",
        "events/hamlet/"
      })
  void anotherFormIsAViolationThatSaysTheForm(String name) {
    assertThat(ResourceNames.parse(name, "events", "parent", violations)).isEmpty();
    assertThat(Fields.of(violations)).containsExactly("parent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "hamlet-2026", "x1"})
  void anIdThatItsCreatorChoseIsReadable(String id) {
    ResourceNames.chosenId(id, "event_id", violations);
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hamlet", "1st", "-a", "a-", "a_b", "events/a"})
  void anotherIdIsAViolation(String id) {
    ResourceNames.chosenId(id, "event_id", violations);
    assertThat(Fields.of(violations)).containsExactly("event_id");
  }

  @Test
  void aChosenIdHasAtMost63Characters() {
    ResourceNames.chosenId("a".repeat(63), "event_id", violations);
    assertThat(violations.isEmpty()).isTrue();
    ResourceNames.chosenId("a".repeat(64), "event_id", violations);
    assertThat(Fields.of(violations)).containsExactly("event_id");
  }
}
