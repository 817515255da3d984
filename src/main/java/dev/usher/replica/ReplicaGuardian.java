package dev.usher.replica;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The parent of a node's replica actors: they start and stop with it. */
final class ReplicaGuardian {
  enum Command {
    STOP
  }

  private ReplicaGuardian() {}

  /**
   * A parent that makes its children at once.
   *
   * @param started gets what {@code make} made, or why it failed
   * @param stopped completed when all children have stopped, the log closed
   */
  static <T> Behavior<Command> create(
      Function<ActorContext<Command>, T> make,
      CompletableFuture<T> started,
      CompletableFuture<Done> stopped) {
    return Behaviors.setup(
        context -> {
          try {
            started.complete(make.apply(context));
          } catch (RuntimeException e) {
            started.completeExceptionally(e);
            return Behaviors.stopped(() -> stopped.complete(Done.getInstance()));
          }
          return Behaviors.receive(Command.class)
              .onMessageEquals(Command.STOP, Behaviors::stopped)
              .onSignal(
                  PostStop.class,
                  stop -> {
                    stopped.complete(Done.getInstance());
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
