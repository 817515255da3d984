package dev.usher.chat.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Entity;
import dev.usher.chat.understanding.Understood;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtTest {
  private static final Entity TWO = new Entity(SlotId.QUANTITY, List.of("2"), 0, 1, 0, 3);
  private static final Doubt DOUBT =
      Doubt.of(heard(IntentId.BOOK_TICKETS, IntentId.ASK_PRICE, List.of(TWO)));

  private static Understood heard(IntentId first, IntentId second, List<Entity> entities) {
    return new Understood(
        first,
        first,
        second,
        Understood.Decision.ASK_WHICH,
        "",
        0.4,
        0.1,
        entities,
        List.of(),
        "model");
  }

  private static Understood answer(String choice) {
    var entity = new Entity(SlotId.CHOICE, List.of(choice), 0, 1, 0, 6);
    return heard(IntentId.INFORM, IntentId.HELP, List.of(entity));
  }

  @Test
  void theNumberSaysWhichWasMeantWithTheValuesOfTheFirstMessage() {
    assertThat(DOUBT.settledBy(answer("1")))
        .hasValueSatisfying(
            meant -> {
              assertThat(meant.intent()).isEqualTo(IntentId.BOOK_TICKETS);
              assertThat(meant.decision()).isEqualTo(Understood.Decision.ACCEPT);
              assertThat(meant.entities()).containsExactly(TWO);
            });
    assertThat(DOUBT.settledBy(answer("last")))
        .hasValueSatisfying(meant -> assertThat(meant.intent()).isEqualTo(IntentId.ASK_PRICE));
  }

  @Test
  void anythingElseIsAMessageOfItsOwn() {
    assertThat(DOUBT.settledBy(answer("3"))).isEmpty();
    assertThat(DOUBT.settledBy(heard(IntentId.GREET, IntentId.HELP, List.of()))).isEmpty();
  }
}
