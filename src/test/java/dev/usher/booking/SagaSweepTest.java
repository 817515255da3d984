package dev.usher.booking;

import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which sagas are woken when. */
class SagaSweepTest {
  private static final NodeId HERE = new NodeId("node-1");
  private static final NodeId ELSEWHERE = new NodeId("node-2");
  private static final Duration LOOK = Duration.ofMillis(500);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final TestProbe<String> woken = kit.createTestProbe();
  private volatile List<OpenSagas.Open> open =
      List.of(new OpenSagas.Open("mine", HERE), new OpenSagas.Open("other", ELSEWHERE));

  @AfterEach
  void shutdown() {
    kit.shutdownTestKit();
  }

  @Test
  void aSagaThatStaysOpenIsWokenByItsOwnNode() {
    start();

    look(4);
    woken.expectNoMessage(Duration.ZERO);
    look(1);

    woken.expectMessage("mine");
    woken.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aSagaThatIsWokenInVainIsWokenLessAndLessOften() {
    start();

    look(5);
    woken.expectMessage("mine");
    look(7);
    woken.expectNoMessage(Duration.ZERO);
    look(1);
    woken.expectMessage("mine");
    look(15);
    woken.expectNoMessage(Duration.ZERO);
    look(1);
    woken.expectMessage("mine");
  }

  @Test
  void aSagaThatEndsInTimeIsLeftAlone() {
    start();
    look(3);
    open = List.of();
    look(1);
    open = List.of(new OpenSagas.Open("mine", HERE));
    look(3);

    woken.expectNoMessage(Duration.ZERO);
  }

  @Test
  void outsideOfAClusterNobodyIsWoken() {
    ready.set(false);
    start();
    look(20);

    woken.expectNoMessage(Duration.ZERO);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      nanos.addAndGet(LOOK.toNanos());
      time.timePasses(LOOK);
    }
  }

  private void start() {
    kit.spawn(
        SagaSweep.create(
            new Known(),
            new Shards(),
            nanos::get,
            new SagaSweep.Settings(LOOK, Duration.ofSeconds(2), Duration.ofSeconds(30))));
  }

  private final class Known implements OpenSagas {
    @Override
    public CompletionStage<Boolean> isOpen(String bookingId) {
      throw new AssertionError("not asked");
    }

    @Override
    public CompletionStage<List<Open>> open(int limit) {
      return CompletableFuture.completedFuture(open);
    }
  }

  private final class Shards implements SagaSweep.Shards {
    @Override
    public boolean ready() {
      return ready.get();
    }

    @Override
    public boolean isMine(OpenSagas.Open saga) {
      return saga.home().equals(HERE);
    }

    @Override
    public void wake(String bookingId) {
      woken.ref().tell(bookingId);
    }
  }
}
