package dev.usher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Secret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A conversation on one node, and then on another one, with the same replicated log beneath. */
class ChatSurvivalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Town TOWN = new Town();
  private static final ActorTestKit FIRST = TOWN.node("first");
  private static final ActorTestKit SECOND = TOWN.node("second");
  private static int conversations;

  private final Theatre theatre = new Theatre(TOWN);
  private final String id = "node-1~survivor-" + ++conversations;
  private final ActorRef<ChatbotActor.Command> before = on(FIRST);
  private int turns;

  @AfterAll
  static void stop() {
    FIRST.shutdownTestKit();
    SECOND.shutdownTestKit();
  }

  private ActorRef<ChatbotActor.Command> on(ActorTestKit node) {
    return node.spawn(ChatbotActor.create(id, theatre.deps));
  }

  /** The node is gone, in the middle of whatever it did; the shard begins anew on another one. */
  private ActorRef<ChatbotActor.Command> moved() {
    FIRST.stop(before, PATIENCE);
    return on(SECOND);
  }

  private Chats.Reply say(ActorRef<ChatbotActor.Command> chat, String text) {
    return say(chat, text, "turn-" + ++turns);
  }

  private Chats.Reply say(ActorRef<ChatbotActor.Command> chat, String text, String requestId) {
    var kit = chat.path().address().system().equals("first") ? FIRST : SECOND;
    TestProbe<ChatbotActor.Answered> probe = kit.createTestProbe();
    chat.tell(turn(text, requestId, probe.ref()));
    return probe.receiveMessage(PATIENCE).reply();
  }

  private static ChatbotActor.Say turn(
      String text, String requestId, ActorRef<ChatbotActor.Answered> replyTo) {
    var turn =
        new Chats.Turn(
            new Secret("secret-token"), "anna", "c1", text, "pm_visa", "", requestId, "");
    return new ChatbotActor.Say(turn, Theatre.TIMEOUT, replyTo);
  }

  @Test
  void aFormGoesOnWhereItWas() {
    assertThat(say(before, "book tickets for the Tempest").missingSlots())
        .containsExactly("quantity");

    assertThat(say(moved(), "two").text()).startsWith("2 tickets for The Tempest");
  }

  @Test
  void aYesStillIsToWhatWasReadBack() {
    var read = say(before, "two tickets for the Tempest");
    var after = moved();

    assertThat(say(after, "yes").text()).startsWith("Done");
    assertThat(read.text()).contains("A-3 and A-4");
    assertThat(theatre.bookingsOf("anna")).containsExactly("tempest:A-3,A-4");
  }

  @Test
  void aTurnThatWasAnsweredIsNotTakenTwice() {
    var first = say(before, "two tickets for the Tempest", "r1");
    say(before, "yes", "r2");
    var after = moved();

    assertThat(say(after, "two tickets for the Tempest", "r1")).isEqualTo(first);
    assertThat(say(after, "yes", "r2").text()).startsWith("Done");
    assertThat(theatre.bookings.requestIds()).hasSize(1);
  }

  @Test
  void aYesWhoseNodeDiedBeforeTheAnswerBooksOnce() {
    say(before, "two tickets for the Tempest");
    theatre.bookings.nextAnswerAfter(new CompletableFuture<>());
    before.tell(turn("yes", "r2", FIRST.<ChatbotActor.Answered>createTestProbe().ref()));
    theatre.bookings.awaitRequests(1);
    var after = moved();

    assertThat(say(after, "make it three", "r3").text()).contains("how the last booking ended");
    assertThat(say(after, "yes", "r2").text()).startsWith("Done");
    assertThat(theatre.bookings.requestIds().stream().distinct()).hasSize(1);
    assertThat(theatre.bookingsOf("anna")).containsExactly("tempest:A-3,A-4");
  }

  @Test
  void aLongConversationLeavesLittleInTheJournal() {
    for (int i = 0; i < 45; i++) {
      say(before, "two tickets for the Tempest");
    }
    var after = moved();

    assertThat(say(after, "yes").text()).startsWith("Done");
    assertThat(events()).isLessThanOrEqualTo(21);
  }

  @Test
  void aSilentConversationIsDeletedFromTheJournal() {
    for (int i = 0; i < 12; i++) {
      say(before, "two tickets for the Tempest");
    }
    moved();
    TOWN.replica.advanceTime(theatre.deps.forget());

    assertThat(events()).isZero();
    assertThat(snapshots()).isFalse();
  }

  @Test
  void noTokenAndNoMessageIsWrittenDown() {
    say(before, "two tickets for the Tempest, my secret");

    assertThat(written()).doesNotContain("secret-token").doesNotContain("my secret");
  }

  private String persistenceId() {
    return ChatbotActor.persistenceId(id).id();
  }

  private int events() {
    return TOWN.replica
        .readStale(
            view -> view.journal().events(persistenceId(), 1, Long.MAX_VALUE, 1000, 1 << 24).size())
        .toCompletableFuture()
        .join();
  }

  private boolean snapshots() {
    return TOWN.replica
        .readStale(
            view ->
                view.journal()
                    .snapshot(persistenceId(), 0, Long.MAX_VALUE, 0, Long.MAX_VALUE)
                    .isPresent())
        .toCompletableFuture()
        .join();
  }

  private String written() {
    return TOWN.replica
        .readStale(
            view ->
                view.journal().events(persistenceId(), 1, Long.MAX_VALUE, 1000, 1 << 24).stream()
                    .map(event -> event.getPayload().getData().toStringUtf8())
                    .toList()
                    .toString())
        .toCompletableFuture()
        .join();
  }
}
