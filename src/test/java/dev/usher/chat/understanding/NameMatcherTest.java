package dev.usher.chat.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.model.Model;
import dev.usher.seats.SeatView;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names that are ordinary words, halves of names, and names inside others. */
class NameMatcherTest {
  private static final Understanding UNDERSTANDING =
      new Understanding(LanguageReader.shipped("en"), Model.shipped("en"));
  private static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              event("Family", "Porter Hall", "Porterville"),
              event("Hotel Savannah", "Opera House", "Berkeley"),
              event("Porterville Thunder Cup", "Arena", "Washington D.C."),
              event("Oklahoma!", "Arena", "Tulsa"),
              event("Colin Whitaker", "Porter Hall", "Tulsa")),
          Map.of());

  private static SeatView.Event event(String name, String venue, String city) {
    return new SeatView.Event(
        name, name, venue, venue, city, 0, "USD", List.of(), true, 6, 100, 100, 1);
  }

  private static List<String> found(SlotId slot, String message, SlotId... requested) {
    var situation = requested.length == 0 ? Situation.UNKNOWN : Situation.asked(requested[0]);
    return UNDERSTANDING
        .understand(message, CATALOGUE, LocalDate.parse("2026-01-05"), situation)
        .all(slot)
        .stream()
        .map(entity -> message.substring(entity.begin(), entity.end()))
        .toList();
  }

  private static void noEvent(String... messages) {
    assertThat(Arrays.stream(messages))
        .allSatisfy(message -> assertThat(found(SlotId.EVENT, message)).as(message).isEmpty());
  }

  @Test
  void anOrdinaryWordIsANameWhenItIsWrittenLikeOne() {
    assertThat(found(SlotId.EVENT, "Two tickets for Family please")).containsExactly("Family");
    assertThat(found(SlotId.EVENT, "two tickets for \"family\" please")).containsExactly("family");
    assertThat(found(SlotId.EVENT, "family")).containsExactly("family");
    noEvent("I want to take my family to a concert", "Family comes first, two tickets");
  }

  @Test
  void anOrdinaryWordIsANameWhenAnEventWasAskedFor() {
    assertThat(found(SlotId.EVENT, "the family one", SlotId.EVENT)).containsExactly("family");
  }

  @Test
  void aWordOfManyIsNoHalfOfAName() {
    noEvent("Are there any hotels near the arena?", "Can I book a hotel too?");
    assertThat(found(SlotId.EVENT, "two for savannah")).containsExactly("savannah");
    assertThat(found(SlotId.EVENT, "two for savanah")).containsExactly("savanah");
  }

  @Test
  void halfANameBesideAStrangersNameIsTheStrangers() {
    noEvent("anything with Jodie Whitaker in it");
    assertThat(found(SlotId.EVENT, "anything with Whitaker in it")).containsExactly("Whitaker");
  }

  @Test
  void wordsThatSpeakForDifferentEventsSpeakForNone() {
    noEvent("something like thunder over savannah");
  }

  @Test
  void aCityIsNoHalfOfAnEventsName() {
    assertThat(found(SlotId.CITY, "What is on in Porterville?")).containsExactly("Porterville");
    noEvent("What is on in Porterville?");
  }

  @Test
  void aNameKeepsTheMarkThatEndsIt() {
    assertThat(found(SlotId.EVENT, "One for Oklahoma! please")).containsExactly("Oklahoma!");
    assertThat(found(SlotId.EVENT, "One for Oklahoma please")).containsExactly("Oklahoma");
    assertThat(found(SlotId.CITY, "Shows in Washington D.C.?")).containsExactly("Washington D.C.");
    assertThat(found(SlotId.CITY, "Anything in Tulsa!")).containsExactly("Tulsa");
  }
}
