package dev.usher.node.membership;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * The node's second actor system, the one that is a member of the Pekko Cluster. It finds its
 * cluster by itself, and is started anew inside the process when the cluster has given it up. Safe
 * for any thread.
 */
public final class ClusteredSystem {
  // Several in one JVM happen in tests.
  private static final AtomicInteger keepers = new AtomicInteger();

  private final ClusterSettings settings;
  private final Peers peers;
  private final Runnable onFatal;
  private final Setup setup;
  private final List<Registered<?>> registered = new CopyOnWriteArrayList<>();
  private volatile Membership membership = Membership.STARTING;
  private volatile @Nullable Incarnation incarnation;
  private volatile @Nullable ActorRef<ClusterKeeper.Command> keeper;
  private volatile @Nullable ActorSystem<?> local;

  /**
   * @param onFatal called when a downed system neither ends nor starts in time: the process must
   *     halt with a code other than 0, and be started anew
   * @param setup what every incarnation is created with
   */
  public ClusteredSystem(ClusterSettings settings, Peers peers, Runnable onFatal, Setup setup) {
    this.settings = settings;
    this.peers = peers;
    this.onFatal = onFatal;
    this.setup = setup;
  }

  /**
   * Registers what is to be made in every incarnation of the clustered system, for example {@code
   * HomeShards.init}. To be called before {@link #start}.
   *
   * @return gives what the initialiser made, while this node is Up
   */
  public <T> Supplier<Optional<T>> register(Function<ActorSystem<?>, T> initialiser) {
    if (keeper != null) {
      throw new IllegalStateException("register before start");
    }
    var entry = new Registered<>(initialiser);
    registered.add(entry);
    return () -> isUp() ? Optional.ofNullable(entry.made) : Optional.empty();
  }

  /**
   * Starts the clustered system; it joins in the background.
   *
   * @param localSystem where the keeper lives; must outlive the clustered system
   * @throws IllegalStateException when the port can't be bound
   */
  public void start(ActorSystem<?> localSystem) {
    local = localSystem;
    var first = incarnate();
    keeper =
        localSystem.systemActorOf(
            ClusterKeeper.create(new Hands(), first),
            "cluster-keeper-" + keepers.incrementAndGet(),
            Props.empty());
  }

  /** This node's cluster address while it is a member, or while it forms a cluster. */
  public Optional<String> address() {
    return membership.hasAddress() ? Optional.of(settings.address()) : Optional.empty();
  }

  /** In one word, for status tables. */
  public String membership() {
    return membership.name();
  }

  public boolean isUp() {
    var current = incarnation;
    return membership == Membership.UP && current != null && current.isUp();
  }

  /** Leaves the cluster and ends the clustered system; done after at most 10 s. */
  public CompletionStage<Done> stop() {
    var actor = keeper;
    var system = local;
    if (actor == null || system == null) {
      throw new IllegalStateException("stop before start");
    }
    return AskPattern.ask(
        actor, ClusterKeeper.Stop::new, Passage.STOP_WITHIN.multipliedBy(2), system.scheduler());
  }

  private Incarnation incarnate() {
    var next = Incarnation.start(settings, setup);
    try {
      registered.forEach(entry -> entry.make(next.system()));
    } catch (RuntimeException e) {
      next.system().terminate();
      throw e;
    }
    incarnation = next;
    return next;
  }

  /** What the keeper may do to this. */
  final class Hands {
    private Hands() {}

    ClusterSettings settings() {
      return settings;
    }

    Peers peers() {
      return peers;
    }

    void show(Membership now) {
      membership = now;
    }

    Incarnation incarnate() {
      return ClusteredSystem.this.incarnate();
    }

    void giveUp() {
      onFatal.run();
    }
  }

  private static final class Registered<T> {
    private final Function<ActorSystem<?>, T> initialiser;
    private volatile @Nullable T made;

    Registered(Function<ActorSystem<?>, T> initialiser) {
      this.initialiser = initialiser;
    }

    void make(ActorSystem<?> system) {
      made = initialiser.apply(system);
    }
  }
}
