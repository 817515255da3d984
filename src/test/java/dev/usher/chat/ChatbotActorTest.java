package dev.usher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryModel;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatbotActorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Town TOWN = new Town();
  private static final ActorTestKit KIT = TOWN.node("chats");

  private final Theatre theatre = new Theatre(TOWN);
  private final String id = "node-1~" + UUID.randomUUID();
  private final TestProbe<ChatbotActor.Answered> speaker = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private ChatbotActor.Say say(String text, String requestId) {
    var turn =
        new Chats.Turn(
            new Secret("secret-token"), "anna", "c1", text, "pm_visa", "", requestId, "");
    return new ChatbotActor.Say(turn, Theatre.TIMEOUT, speaker.ref());
  }

  private Chats.Reply hear() {
    return speaker.receiveMessage(PATIENCE).reply();
  }

  private ActorRef<ChatbotActor.Command> spawn() {
    return KIT.spawn(ChatbotActor.create(id, theatre.deps));
  }

  private ChatDependencies forgettingSoon() {
    return with(theatre.deps.reads(), Duration.ofMillis(20));
  }

  private ChatDependencies with(LiveReads reads, Duration rest) {
    var deps = theatre.deps;
    return new ChatDependencies(
        deps.tongues(),
        deps.zone(),
        deps.clock(),
        reads,
        deps.holds(),
        deps.bookings(),
        rest,
        deps.forget());
  }

  @Test
  void turnsAreTakenInTheirOrder() {
    var chat = spawn();
    chat.tell(say("two tickets for the Tempest", "1"));
    chat.tell(say("make it three", "2"));
    chat.tell(say("yes", "3"));

    assertThat(List.of(hear().text(), hear().text(), hear().text()))
        .satisfiesExactly(
            first -> assertThat(first).contains("2 tickets"),
            second -> assertThat(second).contains("3 tickets"),
            third -> assertThat(third).startsWith("Done"));
  }

  @Test
  void aRepeatedTurnGetsTheSameReplyEvenWhenOthersCameBetween() {
    var chat = spawn();
    chat.tell(say("two tickets for the Tempest", "1"));
    var first = hear();
    chat.tell(say("yes", "2"));
    hear();
    chat.tell(say("two tickets for the Tempest", "1"));

    assertThat(hear()).isEqualTo(first);
    assertThat(theatre.bookings.requestIds()).hasSize(1);
  }

  @Test
  void aYesGivenTwiceWhileTheOutcomeIsOpenIsOneRequest() {
    var chat = spawn();
    chat.tell(say("two tickets for the Tempest", "1"));
    hear();
    theatre.bookings.nextAnswerLost();
    chat.tell(say("yes", "2"));
    hear();
    chat.tell(say("yes", "3"));

    assertThat(hear().bookingName()).startsWith("events/tempest/bookings/");
    assertThat(theatre.bookings.requestIds()).hasSize(2);
    assertThat(theatre.bookings.requestIds().stream().distinct()).hasSize(1);
    assertThat(theatre.bookings.requestIds().getFirst()).hasSizeLessThanOrEqualTo(128);
  }

  @Test
  void aMessageThatIsTooLongIsNotRead() {
    var chat = spawn();
    chat.tell(say("x".repeat(ChatbotActor.TEXT_MAX + 1), "1"));

    assertThat(hear().templateId()).isEqualTo("too_long");
  }

  @Test
  void turnsBeyondTheLimitAreToldToWaitAndTheOthersAreAnswered() {
    var told = new CompletableFuture<Void>();
    var chat = spawn();
    chat.tell(say("two tickets for the Tempest", ""));
    hear();
    theatre.bookings.nextAnswerAfter(told);
    chat.tell(say("yes", ""));
    for (int i = 0; i <= ChatbotActor.WAITING_MAX; i++) {
      chat.tell(say("help", ""));
    }

    assertThat(hear().templateId()).isEqualTo("busy");
    told.complete(null);
    assertThat(hear().text()).startsWith("Done");
    for (int i = 0; i < ChatbotActor.WAITING_MAX; i++) {
      assertThat(hear().intent()).isEqualTo("help");
    }
    speaker.expectNoMessage(Duration.ZERO);
  }

  @Test
  void onlyATurnThatOffersAPaymentReadsTheCards() {
    var unread = new LocalReplica<>(new GroupId("system"), new DirectoryModel());
    unread.setAvailable(false);
    var reads = new LiveReads(theatre.seats, new Directory(unread));
    var chat = KIT.spawn(ChatbotActor.create(id, with(reads, theatre.deps.rest())));
    chat.tell(say("what's on", "1"));
    chat.tell(say("two tickets for the jazz evening", "2"));
    chat.tell(say("yes", "3"));
    chat.tell(say("two tickets for the Tempest", "4"));

    assertThat(List.of(hear(), hear(), hear(), hear()))
        .extracting(Chats.Reply::templateId)
        .last()
        .isEqualTo("trouble");
    assertThat(theatre.bookingsOf("anna")).containsExactly("jazz:A-3,A-4");
    assertThat(theatre.freeSeats("tempest")).isEqualTo(16);
  }

  @Test
  void aConversationThatFellSilentIsForgotten() {
    var chat = KIT.spawn(ChatbotActor.create(id, forgettingSoon()));

    speaker.expectTerminated(chat, PATIENCE);
  }

  @Test
  void inAShardItAsksToBeEndedAndEndsWhenTold() {
    var shard = KIT.<ClusterSharding.ShardCommand>createTestProbe();
    var chat = KIT.spawn(ChatbotActor.create(id, shard.ref(), forgettingSoon()));

    shard.receiveMessage(PATIENCE);
    chat.tell(new ChatbotActor.Stop());
    speaker.expectTerminated(chat, PATIENCE);
  }

  @Test
  void theSameConversationIsTheSameToTheLastCharacter() {
    assertThat(conversation(new Theatre(TOWN))).isEqualTo(conversation(new Theatre(TOWN)));
  }

  private List<Chats.Reply> conversation(Theatre somewhere) {
    var chat = KIT.spawn(ChatbotActor.create(id, somewhere.deps));
    var replies = new ArrayList<Chats.Reply>();
    for (var text :
        List.of("what's on", "2 tickets for the tempst", "no, 3", "yes", "my bookings", "blorp")) {
      chat.tell(say(text, ""));
      replies.add(hear());
    }
    var forgotten = KIT.<ChatbotActor.Forgotten>createTestProbe();
    chat.tell(new ChatbotActor.Forget("anna", Theatre.TIMEOUT, forgotten.ref()));
    forgotten.receiveMessage(PATIENCE);
    KIT.stop(chat, PATIENCE);
    return replies;
  }

  @Test
  void aReplyNamesTemplateConfidenceAndPlaces() {
    var chat = spawn();
    chat.tell(say("two tickets for the Tempest", ""));
    var reply = hear();
    chat.tell(say("make it three", ""));

    assertThat(reply.templateId()).startsWith("book_tickets.");
    assertThat(reply.confidence()).isEqualTo(1.0);
    assertThat(reply.slots())
        .containsExactly(
            new Chats.Slot("quantity", "2", 0, 3),
            new Chats.Slot("event", "events/tempest", 16, 27));
    assertThat(hear().slots()).contains(new Chats.Slot("event", "events/tempest", 0, 0));
  }

  @Test
  void whatCrossesBetweenNodesSurvivesTheWayAndHidesTheToken() {
    var say = say("two tickets for the Tempest", "1");
    var kit = KIT.serializationTestKit();

    kit.verifySerialization(say, true);
    kit.verifySerialization(new ChatbotActor.Stop(), true);
    var chat = spawn();
    chat.tell(say);
    kit.verifySerialization(new ChatbotActor.Answered(hear()), true);
    assertThat(say.toString()).doesNotContain("secret-token");
  }
}
