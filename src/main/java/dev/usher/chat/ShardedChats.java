package dev.usher.chat;

import dev.usher.raft.NodeId;
import dev.usher.shards.HomeShards;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/** Conversations that live where they began. */
public final class ShardedChats implements Chats {
  /** How often a turn looks whether the cluster is there. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** The conversation's steps have this much less than the caller, so that its answer arrives. */
  private static final Duration HEADSTART = Duration.ofMillis(200);

  private final ActorSystem<?> local;
  private final Supplier<Optional<HomeShards<ChatbotActor.Command>>> conversations;
  private final Predicate<NodeId> isMember;
  private final Tongues tongues;

  /**
   * Turns go to their conversation on whatever node it lives.
   *
   * @param local outlives the clustered system
   * @param conversations empty while this node is not in a cluster
   * @param isMember whether a node is one of the cluster's at the moment
   */
  public ShardedChats(
      ActorSystem<?> local,
      Supplier<Optional<HomeShards<ChatbotActor.Command>>> conversations,
      Predicate<NodeId> isMember,
      Tongues tongues) {
    this.local = local;
    this.conversations = conversations;
    this.isMember = isMember;
    this.tongues = tongues;
  }

  @Override
  public List<Intent> intents(String languageCode) {
    return tongues.described(languageCode).intents().stream()
        .map(text -> new Intent(text.id().label(), text.description(), text.examples()))
        .toList();
  }

  @Override
  public CompletionStage<Reply> send(Turn turn, Duration timeout) {
    return this.<ChatbotActor.Answered>ask(
            turn.conversationId(),
            (patience, replyTo) -> new ChatbotActor.Say(turn, patience, replyTo),
            System.nanoTime() + timeout.toNanos())
        .thenApply(ChatbotActor.Answered::reply);
  }

  @Override
  public CompletionStage<Boolean> reset(String userId, String conversationId, Duration timeout) {
    return this.<ChatbotActor.Forgotten>ask(
            conversationId,
            (patience, replyTo) -> new ChatbotActor.Forget(userId, patience, replyTo),
            System.nanoTime() + timeout.toNanos())
        .thenApply(ChatbotActor.Forgotten::done);
  }

  private <R> CompletionStage<R> ask(
      String conversationId,
      BiFunction<Duration, ActorRef<R>, ChatbotActor.Command> message,
      long deadlineNanos) {
    var left = Duration.ofNanos(deadlineNanos - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      return CompletableFuture.failedFuture(
          new TimeoutException("this node is not in the cluster yet; try another"));
    }
    var shards = conversations.get();
    if (shards.isEmpty()) {
      return Patterns.after(
          LOOK_EVERY.compareTo(left) < 0 ? LOOK_EVERY : left,
          local,
          () -> ask(conversationId, message, deadlineNanos));
    }
    var patience = left.compareTo(HEADSTART.multipliedBy(2)) > 0 ? left.minus(HEADSTART) : left;
    return shards
        .get()
        .ask(entityId(conversationId, isMember), replyTo -> message.apply(patience, replyTo), left);
  }

  /**
   * The entity of a conversation. An id that a member minted names its home. Any other is at home
   * nowhere, and lives somewhere by its hash: so nobody can make up nodes, and with them shards
   * without end, and a conversation outlives the membership of the node where it began.
   */
  static String entityId(String conversationId, Predicate<NodeId> isMember) {
    return HomeShards.homeOf(conversationId).filter(isMember).isPresent()
        ? conversationId
        : HomeShards.homeless(conversationId);
  }
}
