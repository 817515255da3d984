package dev.usher.shards;

import dev.usher.raft.NodeId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.dispatch.Futures;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;

/**
 * Home if alive, else hash over the survivors. So a new entity never waits for another node, and a
 * dead node's entities spread over the rest; when a home is back, its shards go home at the next
 * rebalance. (Pekko's {@code ExternalShardAllocationStrategy} never gave a dead node's shards
 * back.)
 */
final class HomeAllocationStrategy extends AbstractShardAllocationStrategy {
  private final Function<ActorRef, Optional<NodeId>> aliveNodeOf;

  /**
   * @param aliveNodeOf the node of a shard region, empty when it is not Up or can't be reached
   */
  HomeAllocationStrategy(Function<ActorRef, Optional<NodeId>> aliveNodeOf) {
    this.aliveNodeOf = aliveNodeOf;
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shardId, Map<ActorRef, IndexedSeq<String>> current) {
    var alive = alive(current.keySet());
    var home = alive.get(HomeId.homeOfShard(shardId));
    return Futures.successful(
        home != null ? home : survivor(shardId, alive).orElseGet(() -> requester));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> current, Set<String> rebalancing) {
    var alive = alive(current.keySet());
    Set<String> homecomers = new HashSet<>();
    for (var region : alive.values()) {
      for (var shardId : scala.jdk.javaapi.CollectionConverters.asJava(current.get(region))) {
        var home = alive.get(HomeId.homeOfShard(shardId));
        if (home != null && !home.equals(region) && !rebalancing.contains(shardId)) {
          homecomers.add(shardId);
        }
      }
    }
    return Futures.successful(homecomers);
  }

  /** Rendezvous hashing: when a survivor dies too, only its own shards move. */
  private static Optional<ActorRef> survivor(String shardId, Map<NodeId, ActorRef> alive) {
    return alive.entrySet().stream()
        .max(
            Comparator.<Map.Entry<NodeId, ActorRef>>comparingLong(
                    region -> HomeId.hash(shardId + '@' + region.getKey()))
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getValue);
  }

  private Map<NodeId, ActorRef> alive(Set<ActorRef> regions) {
    return regions.stream()
        .filter(region -> aliveNodeOf.apply(region).isPresent())
        .collect(
            Collectors.toMap(
                region -> aliveNodeOf.apply(region).orElseThrow(),
                Function.identity(),
                (first, second) -> second));
  }
}
