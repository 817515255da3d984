package dev.usher.shards;

import static org.apache.pekko.actor.ActorRef.noSender;

import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Sharded actors that live on the node where they were minted, and on a survivor when that node is
 * gone. Safe for any thread. At most one copy lives at a time, except for a moment around a
 * partition: entities must bear that.
 *
 * @param <M> what the entities understand
 */
public final class HomeShards<M> {
  private static final String ROLE_PREFIX = "home-";

  private final ClusterSharding sharding;
  private final Cluster cluster;
  private final EntityTypeKey<M> key;
  private final NodeId home;

  private HomeShards(ClusterSharding sharding, Cluster cluster, EntityTypeKey<M> key, NodeId home) {
    this.sharding = sharding;
    this.cluster = cluster;
    this.key = key;
    this.home = home;
  }

  /** The cluster role by which others know which node this member is. */
  public static String roleOf(NodeId node) {
    return ROLE_PREFIX + node.value();
  }

  /**
   * Starts this node's part; entities are simply stopped when their shard moves.
   *
   * @param entity makes the behaviour of an entity id
   */
  public static <M> HomeShards<M> init(
      ActorSystem<?> clusterSystem,
      EntityTypeKey<M> key,
      NodeId home,
      Function<String, Behavior<M>> entity) {
    return start(
        clusterSystem,
        key,
        home,
        Entity.of(key, context -> orWarmUp(context.getEntityId(), entity)));
  }

  /**
   * As above, for entities that want to finish what they do: they get {@code stopMessage} before
   * their shard moves, and may ask for it by {@code ClusterSharding.Passivate}.
   */
  public static <M> HomeShards<M> init(
      ActorSystem<?> clusterSystem,
      EntityTypeKey<M> key,
      NodeId home,
      M stopMessage,
      BiFunction<String, ActorRef<ClusterSharding.ShardCommand>, Behavior<M>> entity) {
    return start(
        clusterSystem,
        key,
        home,
        Entity.of(
                key,
                context ->
                    orWarmUp(context.getEntityId(), id -> entity.apply(id, context.getShard())))
            .withStopMessage(stopMessage));
  }

  private static <M> HomeShards<M> start(
      ActorSystem<?> system,
      EntityTypeKey<M> key,
      NodeId home,
      Entity<M, ShardingEnvelope<M>> entity) {
    var sharding = ClusterSharding.get(system);
    var cluster = Cluster.get(system);
    var region =
        sharding.init(
            entity
                .withMessageExtractor(new Extractor<M>())
                .withAllocationStrategy(
                    new HomeAllocationStrategy(ref -> aliveNodeOf(cluster, ref))));
    // Warm: all home shards start now, so that no first request pays for finding its shard.
    IntStream.range(0, HomeId.SHARDS_PER_NODE)
        .mapToObj(k -> new ShardRegion.StartEntity(HomeId.warmUp(home, k)))
        .forEach(start -> Adapter.toClassic(region).tell(start, noSender()));
    return new HomeShards<>(sharding, cluster, key, home);
  }

  /** An entity id at home. */
  public String mint(String rest) {
    return new HomeId(home, rest).entityId();
  }

  /**
   * An entity id with a home that no node is: its shard is somewhere by its hash, and moves only
   * when the node where it is goes.
   */
  public static String homeless(String rest) {
    return new HomeId(HomeId.NOWHERE, rest).entityId();
  }

  /** Whether it is an id of {@link #homeless}. */
  public static boolean isHomeless(String entityId) {
    return homeOf(entityId).filter(HomeId.NOWHERE::equals).isPresent();
  }

  /** The node that an id names as its home; empty when it is no entity id. */
  public static Optional<NodeId> homeOf(String id) {
    try {
      return Optional.of(HomeId.parse(id).home());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What {@link #mint} was given. */
  public static String rest(String entityId) {
    return HomeId.parse(entityId).rest();
  }

  /**
   * Asks an entity, wherever it lives.
   *
   * @return fails with a {@link java.util.concurrent.TimeoutException} when no answer came in time
   */
  public <R> CompletionStage<R> ask(
      String entityId, Function<ActorRef<R>, M> message, Duration timeout) {
    return sharding.entityRefFor(key, entityId).ask(message::apply, timeout);
  }

  /** Tells an entity, wherever it lives; it may get lost. */
  public void tell(String entityId, M message) {
    sharding.entityRefFor(key, entityId).tell(message);
  }

  /**
   * Whether it is this node that looks after what another one has begun: its own as long as it is a
   * member, and of a node that is gone its share. By this node's view of the cluster: for a moment
   * two nodes may think so, or none.
   */
  public boolean looksAfter(NodeId begunAt, String rest) {
    var alive = aliveNodes();
    return alive.contains(begunAt)
        ? begunAt.equals(home)
        : alive.stream()
            .max(
                Comparator.<NodeId>comparingLong(node -> HomeId.hash(rest + '@' + node))
                    .thenComparing(Comparator.naturalOrder()))
            .filter(home::equals)
            .isPresent();
  }

  private Set<NodeId> aliveNodes() {
    var state = cluster.state();
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .filter(member -> member.status().equals(MemberStatus.up()))
        .filter(member -> !state.getUnreachable().contains(member))
        .flatMap(member -> nodeOf(member).stream())
        .collect(Collectors.toSet());
  }

  private static <M> Behavior<M> orWarmUp(String entityId, Function<String, Behavior<M>> entity) {
    return HomeId.isWarmUp(entityId)
        ? Behaviors.setup(context -> Behaviors.stopped())
        : entity.apply(entityId);
  }

  private static Optional<NodeId> aliveNodeOf(
      Cluster cluster, org.apache.pekko.actor.ActorRef region) {
    var path = region.path().address();
    var address = path.hasLocalScope() ? cluster.selfMember().address() : path;
    var state = cluster.state();
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .filter(member -> member.address().equals(address))
        .filter(member -> member.status().equals(MemberStatus.up()))
        .filter(member -> !state.getUnreachable().contains(member))
        .findFirst()
        .flatMap(HomeShards::nodeOf);
  }

  private static Optional<NodeId> nodeOf(Member member) {
    return member.getRoles().stream()
        .filter(role -> role.startsWith(ROLE_PREFIX))
        .map(role -> new NodeId(role.substring(ROLE_PREFIX.length())))
        .findFirst();
  }

  private static final class Extractor<M> extends ShardingMessageExtractor<ShardingEnvelope<M>, M> {
    @Override
    public String entityId(ShardingEnvelope<M> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
      return HomeId.shardOf(entityId);
    }

    @Override
    public M unwrapMessage(ShardingEnvelope<M> envelope) {
      return envelope.message();
    }
  }
}
