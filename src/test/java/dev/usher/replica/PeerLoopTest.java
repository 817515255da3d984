package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class PeerLoopTest {
  private static final String CONFIGURATION =
      TestCluster.CONFIGURATION + "\npekko.jvm-exit-on-fatal-error = off";

  @Test
  void itsActorsRunOnTheThreadOfTheConnections() {
    ActorTestKit kit = start();
    try {
      CompletableFuture<Thread> onConnections = new CompletableFuture<>();
      CompletableFuture<Thread> onActor = new CompletableFuture<>();
      PeerLoop.afterFrames(() -> onConnections.complete(Thread.currentThread()));

      spawn(kit).tell(() -> onActor.complete(Thread.currentThread()));

      assertThat(get(onActor)).isSameAs(get(onConnections));
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void whatIsToComeAfterTheFramesComesInOrder() {
    List<Integer> order = new ArrayList<>();
    CompletableFuture<List<Integer>> done = new CompletableFuture<>();

    PeerLoop.afterFrames(
        () -> {
          PeerLoop.afterFrames(() -> order.add(2));
          PeerLoop.afterFrames(() -> order.add(3));
          PeerLoop.afterFrames(() -> done.complete(order));
          order.add(1);
        });

    assertThat(get(done)).containsExactly(1, 2, 3);
  }

  @Test
  void anErrorThatNoSystemSurvivesEndsTheSystemAndNotTheLoop() {
    ActorTestKit kit = start();
    CompletableFuture<Boolean> goesOn = new CompletableFuture<>();

    spawn(kit)
        .tell(
            () -> {
              throw new InternalError("as if the virtual machine were broken");
            });

    get(kit.system().getWhenTerminated().toCompletableFuture());
    PeerLoop.afterFrames(() -> goesOn.complete(true));
    assertThat(get(goesOn)).isTrue();
  }

  private static ActorTestKit start() {
    return ActorTestKit.create("PeerLoopTest", ConfigFactory.parseString(CONFIGURATION));
  }

  private static ActorRef<Runnable> spawn(ActorTestKit kit) {
    return kit.spawn(
        Behaviors.receive(
            (context, task) -> {
              task.run();
              return Behaviors.same();
            }),
        DispatcherSelector.fromConfig("usher.raft-dispatcher"));
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
