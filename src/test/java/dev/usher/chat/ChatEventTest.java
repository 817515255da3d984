package dev.usher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.chat.dialogue.Speech;
import dev.usher.directory.proto.JournalValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What conversations wrote down in earlier versions must be readable for as long as it is kept. */
class ChatEventTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Town TOWN = new Town();
  private static final ActorTestKit KIT = TOWN.node("events");

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static JournalValue written() {
    var theatre = new Theatre(TOWN);
    var chat = KIT.spawn(ChatbotActor.create("node-1~written", theatre.deps));
    var probe = KIT.<ChatbotActor.Answered>createTestProbe();
    var turn =
        new Chats.Turn(
            new Secret("t"), "anna", "c1", "two tickets for the Tempest", "pm_visa", "", "r1", "");
    chat.tell(new ChatbotActor.Say(turn, Theatre.TIMEOUT, probe.ref()));
    probe.receiveMessage(PATIENCE);
    var id = ChatbotActor.persistenceId("node-1~written").id();
    return TOWN.replica
        .readStale(view -> view.journal().events(id, 1, 1, 1, 1 << 20).getFirst().getPayload())
        .toCompletableFuture()
        .join();
  }

  private static ChatEvent.Answered read(JournalValue value) {
    return (ChatEvent.Answered)
        SerializationExtension.get(KIT.system())
            .deserialize(
                value.getData().toByteArray(), value.getSerializerId(), value.getManifest())
            .get();
  }

  /** An answer that version 1 wrote down: the value in the journal, in Base64. */
  private static JournalValue stored() throws IOException {
    try (var file = ChatEventTest.class.getResourceAsStream("/chat/answered-1.base64")) {
      assertThat(file).isNotNull();
      var text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
      return JournalValue.parseFrom(Base64.getMimeDecoder().decode(text));
    }
  }

  @Test
  void anAnswerOfVersionOneIsStillRead() throws IOException {
    var event = read(stored());

    assertThat(event.speaker()).isEqualTo("anna");
    assertThat(event.reply().text()).startsWith("2 tickets for The Tempest").contains("4242");
    assertThat(event.reply().confirmationToken())
        .isEqualTo(event.conversation().confirmationToken())
        .hasSize(64);
    assertThat(event.reply().language()).isEqualTo("en");
    assertThat(event.conversation().speech()).isEqualTo(new Speech("en", Speech.Source.HEARD));
  }

  @Test
  void anEventIsSmallAndNamesItsVersion() {
    var value = written();

    assertThat(value.getManifest()).isEqualTo(ChatEvent.Answered.class.getName() + "#2");
    assertThat(value.getData().size()).isLessThan(3000);
  }
}
