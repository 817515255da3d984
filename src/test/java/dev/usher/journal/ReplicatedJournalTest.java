package dev.usher.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.DirectoryLimits;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol.DeleteMessagesTo;
import org.apache.pekko.persistence.JournalProtocol.RecoverySuccess;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessages;
import org.apache.pekko.persistence.JournalProtocol.ReplayedMessage;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageFailure;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageRejected;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesFailed;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesSuccessful$;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What Pekko's own kit for journals asks of one, and what this one promises beyond. */
class ReplicatedJournalTest {
  private static final Store store = new Store();
  private static final ActorSystem system = store.system("journal").classicSystem();

  private final ActorRef journal =
      Persistence.get(system)
          .journalFor("usher.journal", com.typesafe.config.ConfigFactory.empty());
  private final TestKit probe = new TestKit(system);
  private final String id = "actor-" + UUID.randomUUID();
  private final String writer = UUID.randomUUID().toString();

  @AfterAll
  static void shutdown() {
    TestKit.shutdownActorSystem(system);
  }

  @BeforeEach
  void fiveEvents() {
    write(events(1, 5));
  }

  @Test
  void allEventsAreReplayedPageByPage() {
    assertThat(replay(1, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(numbered(1, 5));
  }

  @Test
  void aReplayKeepsToItsBounds() {
    assertThat(replay(3, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(numbered(3, 5));
    assertThat(replay(1, 3, Long.MAX_VALUE)).isEqualTo(numbered(1, 3));
    assertThat(replay(2, 3, Long.MAX_VALUE)).isEqualTo(numbered(2, 3));
    assertThat(replay(2, 2, Long.MAX_VALUE)).isEqualTo(numbered(2, 2));
    assertThat(replay(3, 2, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aReplayGivesNoMoreThanItIsAskedFor() {
    assertThat(replay(1, Long.MAX_VALUE, 4)).isEqualTo(numbered(1, 4));
    assertThat(replay(2, 5, 1)).isEqualTo(numbered(2, 2));
    assertThat(replay(1, Long.MAX_VALUE, 0)).isEmpty();
  }

  @Test
  void anotherActorsEventsAreNotReplayed() {
    journal.tell(new ReplayMessages(1, 9, 9, "nobody", probe.getRef()), ActorRef.noSender());

    assertThat(probe.expectMsgClass(RecoverySuccess.class).highestSequenceNr()).isZero();
  }

  @Test
  void whatIsDeletedIsNotReplayed() {
    delete(3);

    assertThat(replay(1, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(numbered(4, 5));
  }

  @Test
  void theHighestSequenceNumberIsKnownWhenAllIsDeleted() {
    delete(Long.MAX_VALUE);

    journal.tell(new ReplayMessages(1, 9, 9, id, probe.getRef()), ActorRef.noSender());
    assertThat(probe.expectMsgClass(RecoverySuccess.class).highestSequenceNr()).isEqualTo(5);
  }

  @Test
  void anEventThatCanNotBeSerializedIsRejectedAndTheNextIsNot() {
    assertThat(tell(List.of(event(6, new Object()))))
        .hasExactlyElementsOfTypes(WriteMessageRejected.class);
    assertThat(tell(events(7, 7))).hasExactlyElementsOfTypes(WriteMessageSuccess.class);

    assertThat(replay(5, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("event-5", "event-7");
  }

  @Test
  void anEventThatIsTooBigIsRejected() {
    var big = "x".repeat(DirectoryLimits.JOURNAL_EVENT_BYTES);

    var rejected = (WriteMessageRejected) tell(List.of(event(6, big))).getFirst();

    assertThat(rejected.cause()).isInstanceOf(JournalFullException.class);
    assertThat(rejected.cause()).hasMessageContaining("262144").hasMessageContaining(id);
  }

  @Test
  void aWriteOfManyEventsIsAllOrNothing() {
    assertThat(tell(List.of(event(6, "good"), event(7, new Object()))))
        .hasExactlyElementsOfTypes(WriteMessageRejected.class, WriteMessageRejected.class);

    assertThat(replay(6, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void theSecondOfTwoWritersFails() {
    tell(events(6, 6));

    var answers = tell(List.of(repr(6, "the other's", "another-writer")));

    var failure = (WriteMessageFailure) answers.getFirst();
    assertThat(failure.cause()).isInstanceOf(JournalConflictException.class);
    assertThat(replay(6, 6, 9)).containsExactly("event-6");
  }

  @Test
  void theSameWriteAgainIsDoneOnce() {
    var event = event(6, "once");
    tell(List.of(event));

    assertThat(tell(List.of(event))).hasExactlyElementsOfTypes(WriteMessageSuccess.class);
    assertThat(replay(6, 9, 9)).containsExactly("once");
  }

  @Test
  void metadataTimeAndManifestComeBack() {
    var event = event(6, "x").withManifest("m").withTimestamp(77).withMetadata("meta");
    tell(List.of(event));

    journal.tell(new ReplayMessages(6, 6, 9, id, probe.getRef()), ActorRef.noSender());
    var replayed = probe.expectMsgClass(ReplayedMessage.class).persistent();

    assertThat(replayed.manifest()).isEqualTo("m");
    assertThat(replayed.timestamp()).isEqualTo(77);
    assertThat(replayed.metadata().get()).isEqualTo("meta");
    assertThat(replayed.writerUuid()).isEqualTo(writer);
  }

  @Test
  void aTaggedEventIsReplayedWithoutItsTags() {
    tell(List.of(event(6, new Tagged("bare", java.util.Set.of("a", "b")))));

    assertThat(replay(6, 6, 9)).containsExactly("bare");
  }

  @Test
  void anExpiryTagDeletesTheEventsAfterItsTime() {
    var tag = ExpiryTag.of(Duration.ofHours(24));
    tell(List.of(event(6, new Tagged("last", java.util.Set.of(tag)))));

    store.replica.advanceTime(Duration.ofHours(23));
    assertThat(replay(1, 9, 9)).hasSize(6);
    store.replica.advanceTime(Duration.ofHours(2));
    assertThat(replay(1, 9, 9)).isEmpty();
  }

  @Test
  void withoutAMajorityAWriteFailsAndAfterwardsNothingIsLost() {
    store.replica.setAvailable(false);
    var failed = tell(events(6, 6));
    store.replica.setAvailable(true);

    assertThat(failed).hasExactlyElementsOfTypes(WriteMessageFailure.class);
    assertThat(((WriteMessageFailure) failed.getFirst()).cause())
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(tell(events(6, 6))).hasExactlyElementsOfTypes(WriteMessageSuccess.class);
  }

  private void delete(long to) {
    journal.tell(new DeleteMessagesTo(id, to, probe.getRef()), ActorRef.noSender());
    assertThat(probe.expectMsgClass(DeleteMessagesSuccess.class).toSequenceNr()).isEqualTo(to);
  }

  private void write(List<PersistentRepr> events) {
    assertThat(tell(events)).hasOnlyElementsOfType(WriteMessageSuccess.class);
  }

  /** One atomic write, and what is said about each event. */
  private List<Object> tell(List<PersistentRepr> events) {
    var batch = new AtomicWrite(CollectionConverters.asScala(events).toSeq().toVector());
    journal.tell(
        new WriteMessages(
            CollectionConverters.asScala(List.<PersistentEnvelope>of(batch)).toSeq().toVector(),
            probe.getRef(),
            1),
        probe.getRef());
    var first = probe.receiveOne(Duration.ofSeconds(20));
    assertThat(first)
        .satisfiesAnyOf(
            ok -> assertThat(ok).isSameAs(WriteMessagesSuccessful$.MODULE$),
            failed -> assertThat(failed).isInstanceOf(WriteMessagesFailed.class));
    return probe.receiveN(events.size(), Duration.ofSeconds(20));
  }

  private List<Object> replay(long from, long to, long max) {
    journal.tell(new ReplayMessages(from, to, max, id, probe.getRef()), ActorRef.noSender());
    var replayed = new java.util.ArrayList<Object>();
    while (probe.receiveOne(Duration.ofSeconds(20)) instanceof ReplayedMessage message) {
      replayed.add(message.persistent().payload());
    }
    return replayed;
  }

  private List<PersistentRepr> events(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(n -> event(n, "event-" + n)).toList();
  }

  private PersistentRepr event(long number, Object payload) {
    return repr(number, payload, writer);
  }

  private PersistentRepr repr(long number, Object payload, String writerUuid) {
    return PersistentRepr.apply(payload, number, id, "", false, ActorRef.noSender(), writerUuid);
  }

  private static List<Object> numbered(int from, int to) {
    return IntStream.rangeClosed(from, to).<Object>mapToObj(n -> "event-" + n).toList();
  }
}
