package dev.usher.journal;

import com.typesafe.config.ConfigFactory;
import dev.usher.directory.Directory;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Actors that recover from their node's own copy of the journal, on a node that lags behind. */
class LocalRecoveryTest {
  private static final Store store = new Store();
  private static final LaggingCopy copy = new LaggingCopy(store.replica);
  private static final ActorTestKit elsewhere = ActorTestKit.create(store.system("elsewhere"));
  private static final ActorTestKit here =
      ActorTestKit.create(
          Store.system(
              "here",
              ConfigFactory.parseString("usher.journal.local-recovery = [\"local|\"]")
                  .withFallback(Store.CONFIG),
              new Directory(copy)));

  @BeforeEach
  void stay() {
    copy.stay();
  }

  @AfterAll
  static void shutdown() {
    elsewhere.shutdownTestKit();
    here.shutdownTestKit();
  }

  @Test
  void itBeginsWithWhatTheNodeKnows() {
    write(elsewhere, "local|a", "theirs");

    opened(here, "local|a").expectMessage("read ");
  }

  @Test
  void whoIsNotNamedSeesAllThatWasAcknowledged() {
    write(elsewhere, "other|a", "theirs");

    opened(here, "other|a").expectMessage("read theirs");
  }

  @Test
  void whatIsWrittenUponAnOlderStateIsRefusedAndTheActorComesBackWithTheNewer() {
    write(elsewhere, "local|b", "theirs");

    var reader = here.<String>createTestProbe();
    var diary = here.spawn(new Diary("local|b", reader.ref()));
    reader.expectMessage("read ");
    diary.tell("mine");

    reader.expectMessage("read theirs");
    diary.tell(", then mine");
    reader.expectMessage("wrote , then mine");
    opened(elsewhere, "local|b").expectMessage("read theirs, then mine");
  }

  private static void write(ActorTestKit kit, String id, String text) {
    var reader = kit.<String>createTestProbe();
    var diary = kit.spawn(new Diary(id, reader.ref()));
    reader.expectMessage("read ");
    diary.tell(text);
    reader.expectMessage("wrote " + text);
    kit.stop(diary);
  }

  private static TestProbe<String> opened(ActorTestKit kit, String id) {
    var reader = kit.<String>createTestProbe();
    kit.spawn(new Diary(id, reader.ref()));
    return reader;
  }

  /** Tells what it recovers, and what it has written; like a saga it has no snapshots. */
  private static final class Diary extends EventSourcedBehavior<String, String, String> {
    private final ActorRef<String> reader;

    Diary(String id, ActorRef<String> reader) {
      super(
          PersistenceId.ofUniqueId(id),
          SupervisorStrategy.restartWithBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0));
      this.reader = reader;
    }

    @Override
    public Recovery recovery() {
      return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
    }

    @Override
    public String emptyState() {
      return "";
    }

    @Override
    public CommandHandler<String, String, String> commandHandler() {
      return (state, text) ->
          Effect().persist(text).thenRun(written -> reader.tell("wrote " + text));
    }

    @Override
    public EventHandler<String, String> eventHandler() {
      return (state, text) -> state + text;
    }

    @Override
    public SignalHandler<String> signalHandler() {
      return newSignalHandlerBuilder()
          .onSignal(RecoveryCompleted.instance(), state -> reader.tell("read " + state))
          .build();
    }
  }
}
