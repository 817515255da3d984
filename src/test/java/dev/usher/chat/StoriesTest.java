package dev.usher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.booking.Bookings;
import dev.usher.chat.language.IntentId;
import dev.usher.seats.proto.Refusal;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Plays the stories of {@code chat/stories/*.yaml} to a real conversation in a small theatre. */
class StoriesTest {
  private static final Town TOWN = new Town();
  private static final ActorTestKit KIT = TOWN.node("stories");
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static final Duration PATIENCE = Theatre.TIMEOUT.multipliedBy(6);
  private static final Set<String> STEP_PARTS =
      Set.of(
          "say",
          "card",
          "as",
          "token",
          "reset",
          "after_minutes",
          "free",
          "repeat",
          "hear",
          "never",
          "intent",
          "missing",
          "slots",
          "suggests",
          "bookings",
          "other_buys",
          "comes_in",
          "event",
          "told_instead",
          "undone",
          "answer_lost",
          "reads",
          "code",
          "language");

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @TestFactory
  Stream<DynamicTest> stories() throws IOException, URISyntaxException {
    var resource = StoriesTest.class.getResource("/chat/stories");
    assertThat(resource).isNotNull();
    var tests = new ArrayList<DynamicTest>();
    try (var files = Files.list(Path.of(resource.toURI()))) {
      for (var file : files.sorted().toList()) {
        var yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        for (var entry : map(yaml).entrySet()) {
          tests.add(
              DynamicTest.dynamicTest(
                  file.getFileName() + ": " + entry.getKey(),
                  () -> {
                    play(entry.getValue());
                  }));
        }
      }
    }
    return tests.stream();
  }

  /** A story that names its language is answered in it throughout. */
  private static void play(Object story) {
    if (story instanceof List) {
      new Story("").play(list(story));
    } else {
      var parts = map(story);
      new Story(text(parts, "language", "")).play(list(parts.getOrDefault("steps", List.of())));
    }
  }

  @Test
  void everyIntentHasAStory() throws IOException, URISyntaxException {
    var told = new StringBuilder();
    var resource = StoriesTest.class.getResource("/chat/stories");
    assertThat(resource).isNotNull();
    try (var files = Files.list(Path.of(resource.toURI()))) {
      for (var file : files.sorted().toList()) {
        told.append(Files.readString(file));
      }
    }
    for (var intent : IntentId.values()) {
      assertThat(told.toString()).contains("intent: " + intent.label());
    }
  }

  private static final class Story {
    private final Theatre theatre = new Theatre(TOWN);
    private final ActorRef<ChatbotActor.Command> chat =
        KIT.spawn(ChatbotActor.create("node-1~story-" + STORIES.incrementAndGet(), theatre.deps));
    private final List<String> tokens = new ArrayList<>();
    private final String language;
    private int turns;

    Story(String language) {
      this.language = language;
    }

    void play(List<Object> steps) {
      for (var step : steps) {
        var parts = map(step);
        assertThat(STEP_PARTS).containsAll(parts.keySet());
        happen(parts);
        if (parts.containsKey("say")) {
          check(parts, say(parts));
        }
        if (parts.containsKey("free")) {
          assertThat(theatre.freeSeats(text(parts, "event", "tempest")))
              .isEqualTo(Integer.parseInt(text(parts, "free", "")));
        }
        if (parts.containsKey("bookings")) {
          assertThat(theatre.bookingsOf("anna")).isEqualTo(texts(parts.get("bookings")));
        }
      }
    }

    private void happen(Map<String, Object> parts) {
      if (parts.containsKey("after_minutes")) {
        theatre.replica.advanceTime(
            Duration.ofMinutes(Integer.parseInt(text(parts, "after_minutes", ""))));
      }
      if (parts.containsKey("reset")) {
        reset(text(parts, "reset", ""));
      }
      if (parts.containsKey("other_buys")) {
        theatre.otherBuys(text(parts, "event", "hamlet-fri"), texts(parts.get("other_buys")));
      }
      if (parts.containsKey("comes_in")) {
        theatre.comesIn(text(parts, "event", "tempest"), text(parts, "comes_in", ""));
      }
      if (parts.containsKey("told_instead")) {
        theatre.bookings.nextAnswer(trouble(text(parts, "told_instead", "")));
      }
      if (parts.containsKey("undone")) {
        theatre.bookings.nextUndone(trouble(text(parts, "undone", "")));
      }
      if (parts.containsKey("answer_lost")) {
        theatre.bookings.nextAnswerLost();
      }
      if (parts.containsKey("reads")) {
        theatre.replica.setAvailable(text(parts, "reads", "").equals("up"));
      }
    }

    private static Bookings.Result trouble(String reason) {
      return switch (reason) {
        case "PAYMENT_UNKNOWN" -> new Bookings.PaymentUnknown("hamlet-fri", "b1");
        case "NO_LEADER", "OVERLOADED", "PROVIDER_UNAVAILABLE", "OUTCOME_UNKNOWN" ->
            new Bookings.Unavailable(reason, "trouble");
        default -> new Bookings.Refused(Refusal.newBuilder().setReason(reason).build());
      };
    }

    private Chats.Reply say(Map<String, Object> parts) {
      if (!parts.containsKey("repeat")) {
        turns++;
      }
      String card = text(parts, "card", "pm_visa");
      var turn =
          new Chats.Turn(
              new Secret("token"),
              text(parts, "as", "anna"),
              "story",
              text(parts, "say", ""),
              card.equals("none") ? "" : card,
              token(parts),
              "turn-" + turns,
              text(parts, "code", ""));
      var probe = KIT.<ChatbotActor.Answered>createTestProbe();
      chat.tell(new ChatbotActor.Say(turn, Theatre.TIMEOUT, probe.ref()));
      var reply = probe.receiveMessage(PATIENCE).reply();
      tokens.add(reply.confirmationToken());
      return reply;
    }

    /** The token of the answer that came so many turns ago: {@code token: 1} is the last one. */
    private String token(Map<String, Object> parts) {
      int back = Integer.parseInt(text(parts, "token", "0"));
      return back == 0 ? "" : tokens.get(tokens.size() - back);
    }

    private void reset(String userId) {
      var probe = KIT.<ChatbotActor.Forgotten>createTestProbe();
      chat.tell(new ChatbotActor.Forget(userId, Theatre.TIMEOUT, probe.ref()));
      assertThat(probe.receiveMessage(PATIENCE).done()).isEqualTo(userId.equals("anna"));
    }

    private void check(Map<String, Object> parts, Chats.Reply reply) {
      String said = text(parts, "say", "");
      for (var fragment : texts(parts.getOrDefault("hear", List.of()))) {
        assertThat(reply.text()).as("the answer to '%s'", said).contains(fragment);
      }
      for (var fragment : texts(parts.getOrDefault("never", List.of()))) {
        assertThat(reply.text()).as("the answer to '%s'", said).doesNotContain(fragment);
      }
      assertThat(reply.text()).as("the answer to '%s'", said).isNotBlank().doesNotContain("{");
      if (parts.containsKey("intent")) {
        assertThat(reply.intent()).isEqualTo(text(parts, "intent", ""));
      }
      String expected = text(parts, "language", language);
      assertThat(reply.language())
          .as("the language of the answer to '%s'", said)
          .isEqualTo(expected.isEmpty() ? reply.language() : expected);
      if (parts.containsKey("missing")) {
        assertThat(reply.missingSlots()).isEqualTo(texts(parts.get("missing")));
      }
      if (parts.containsKey("suggests")) {
        assertThat(reply.suggestions())
            .extracting(Chats.Suggestion::text)
            .containsAll(texts(parts.get("suggests")));
      }
      if (parts.containsKey("slots")) {
        map(parts.get("slots"))
            .forEach(
                (name, value) ->
                    assertThat(reply.slots())
                        .extracting(slot -> slot.name() + "=" + slot.value())
                        .contains(name + "=" + value));
      }
    }
  }

  private static String text(Map<String, Object> parts, String name, String otherwise) {
    return String.valueOf(parts.getOrDefault(name, otherwise));
  }

  @SuppressWarnings("unchecked") // what the YAML reader makes of a map
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // what the YAML reader makes of a list
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static List<String> texts(Object value) {
    return value instanceof List
        ? list(value).stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
