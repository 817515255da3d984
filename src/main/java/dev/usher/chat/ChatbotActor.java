package dev.usher.chat;

import dev.usher.chat.dialogue.Conversation;
import dev.usher.chat.dialogue.Held;
import dev.usher.chat.dialogue.Step;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.journal.ExpiryTag;
import dev.usher.shards.CborSerializable;
import dev.usher.shards.HomeShards;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One conversation. Its first speaker's turns are taken one at a time: read the catalogue,
 * understand, carry out the dialogue's steps, write down, answer. What it remembers is on a
 * majority's disks before anybody hears the answer, so it goes on on another node when this one
 * dies; a turn that was not answered is begun again, and does nothing twice.
 */
public final class ChatbotActor
    extends EventSourcedBehavior<ChatbotActor.Command, ChatEvent, Memory> {
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "chat");

  /** More turns than this at once are told that one thing at a time is enough. */
  static final int WAITING_MAX = 16;

  /** UTF-16 units. */
  static final int TEXT_MAX = 1000;

  /** The journal has at most twice as many events of a conversation, and two snapshots. */
  private static final int SNAPSHOT_EVERY = 10;

  private static final BackoffSupervisorStrategy ON_FAILURE =
      SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1);

  public sealed interface Command {}

  /**
   * One turn.
   *
   * @param timeout how long the speaker waits; steps get what is left of it
   */
  public record Say(Chats.Turn turn, Duration timeout, ActorRef<Answered> replyTo)
      implements Command, CborSerializable {}

  public record Answered(Chats.Reply reply) implements CborSerializable {}

  /** Nothing of it is to be known any more; what it holds is let go. */
  public record Forget(String userId, Duration timeout, ActorRef<Forgotten> replyTo)
      implements Command, CborSerializable {}

  /**
   * The answer to a reset.
   *
   * @param done false when it is somebody else's
   */
  public record Forgotten(boolean done) implements CborSerializable {}

  /** Its shard wants it to end; a turn that goes on is finished before. */
  public record Stop() implements Command, CborSerializable {}

  private record Ready(Catalogue catalogue) implements Command {}

  private record StepDone(Supplier<Step> next) implements Command {}

  private record ReadFailed(String why) implements Command {}

  private record Silence() implements Command {}

  private final ActorContext<Command> context;
  private final String id;
  private final @Nullable ActorRef<ClusterSharding.ShardCommand> shard;
  private final ChatDependencies deps;
  private final StepRunner steps;
  private final Asides asides;

  /** The turn that is being answered; the others wait. */
  private @Nullable OpenTurn turn;

  private int waiting;

  private ChatbotActor(
      ActorContext<Command> context,
      String entityId,
      @Nullable ActorRef<ClusterSharding.ShardCommand> shard,
      ChatDependencies deps) {
    super(persistenceId(entityId), ON_FAILURE);
    this.context = context;
    this.id = conversationId(entityId);
    this.shard = shard;
    this.deps = deps;
    this.steps = new StepRunner(deps);
    this.asides = new Asides(deps.tongues());
  }

  static PersistenceId persistenceId(String entityId) {
    return PersistenceId.of(KEY.name(), conversationId(entityId));
  }

  /** The same when the node that minted it is a member no more. */
  private static String conversationId(String entityId) {
    return HomeShards.isHomeless(entityId) ? HomeShards.rest(entityId) : entityId;
  }

  /** A conversation that simply stops when it has been silent for long. */
  public static Behavior<Command> create(String entityId, ChatDependencies deps) {
    return create(entityId, null, deps);
  }

  /** A conversation that ends by way of its shard, so that no turn is lost in between. */
  public static Behavior<Command> create(
      String entityId,
      @Nullable ActorRef<ClusterSharding.ShardCommand> shard,
      ChatDependencies deps) {
    return Behaviors.setup(
        context -> {
          context.setReceiveTimeout(deps.rest(), new Silence());
          return new ChatbotActor(context, entityId, shard, deps);
        });
  }

  @Override
  public Memory emptyState() {
    return Memory.NONE;
  }

  @Override
  public EventHandler<Memory, ChatEvent> eventHandler() {
    return Memory::after;
  }

  @Override
  public Set<String> tagsFor(ChatEvent event) {
    return Set.of(ExpiryTag.of(deps.forget()));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 1).withDeleteEventsOnSnapshot();
  }

  /** After a failure the same object begins anew. */
  @Override
  public SignalHandler<Memory> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            memory -> {
              turn = null;
              waiting = 0;
            })
        .build();
  }

  @Override
  public CommandHandler<Command, ChatEvent, Memory> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Say.class, this::heard)
        .onCommand(Forget.class, this::forget)
        .onCommand(
            Ready.class,
            ready -> turn == null ? none() : carryOut(turn, turn.hear(ready.catalogue())))
        .onCommand(
            StepDone.class, done -> turn == null ? none() : carryOut(turn, done.next().get()))
        .onCommand(
            ReadFailed.class,
            (memory, failed) -> turn == null ? none() : giveUp(memory, turn, failed.why()))
        .onCommand(Stop.class, stop -> turn == null ? Effect().stop() : Effect().stash())
        .onCommand(Silence.class, silence -> turn == null ? fallSilent() : none())
        .build();
  }

  private Effect<ChatEvent, Memory> none() {
    return Effect().none();
  }

  private Effect<ChatEvent, Memory> fallSilent() {
    if (shard == null) {
      return Effect().stop();
    }
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return none();
  }

  private Effect<ChatEvent, Memory> heard(Memory remembered, Say say) {
    if (turn != null) {
      return keepWaiting(remembered, say);
    }
    var said = say.turn();
    long nowMs = deps.clock().millis();
    var memory = remembered.at(nowMs, deps.forget());
    var aside = asides.instead(memory, said);
    if (aside.isPresent()) {
      say.replyTo().tell(new Answered(aside.get()));
      return none();
    }
    var taken = new OpenTurn(say, memory.conversation(id, nowMs), memory.lastText(), deps);
    turn = taken;
    await(deps.reads().catalogue(nowMs, taken.left()), Ready::new);
    return none();
  }

  private Effect<ChatEvent, Memory> keepWaiting(Memory memory, Say say) {
    if (waiting >= WAITING_MAX) {
      say.replyTo().tell(new Answered(asides.reply(memory, say.turn(), ReplyId.BUSY)));
      return none();
    }
    waiting++;
    return Effect().stash();
  }

  private Effect<ChatEvent, Memory> forget(Memory remembered, Forget forget) {
    if (turn != null) {
      return Effect().stash();
    }
    long nowMs = deps.clock().millis();
    var memory = remembered.at(nowMs, deps.forget());
    var conversation = memory.conversation();
    boolean own = memory.speaker().isEmpty() || memory.speaker().equals(forget.userId());
    if (conversation == null || !own) {
      forget.replyTo().tell(new Forgotten(own));
      return none();
    }
    conversation.abandoned().ifPresent(held -> letGo(forget, held));
    return Effect()
        .persist(new ChatEvent.Forgotten(nowMs))
        .thenRun(none -> forget.replyTo().tell(new Forgotten(true)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a hold that stays ends by itself
  private void letGo(Forget forget, Held held) {
    deps.holds().release(forget.userId(), held, forget.timeout());
  }

  private Effect<ChatEvent, Memory> carryOut(OpenTurn now, Step step) {
    return switch (step) {
      case Step.Say say -> answer(now, say);
      case Step.Book book -> tryFirst(now, book, book.tried());
      case Step.Cancel cancel -> tryFirst(now, cancel, cancel.tried());
      case Step.ReadSeats read -> run(now, read);
      case Step.ReadBookings read -> run(now, read);
      case Step.ReadCards read -> run(now, read);
      case Step.Hold hold -> run(now, hold);
      case Step.Release release -> run(now, release);
    };
  }

  private Effect<ChatEvent, Memory> tryFirst(OpenTurn now, Step step, Conversation tried) {
    return Effect().persist(new ChatEvent.Tried(tried)).thenRun(memory -> start(now, step));
  }

  private Effect<ChatEvent, Memory> run(OpenTurn now, Step step) {
    start(now, step);
    return none();
  }

  private void start(OpenTurn now, Step step) {
    await(steps.run(step, now.said(), now.left()), StepDone::new);
  }

  private <T> void await(CompletionStage<T> stage, Function<T, Command> then) {
    context.pipeToSelf(
        stage,
        (value, failure) ->
            failure == null ? then.apply(value) : new ReadFailed(String.valueOf(failure)));
  }

  private Effect<ChatEvent, Memory> answer(OpenTurn now, Step.Say said) {
    var turnOver = now.over(said);
    return Effect()
        .persist(turnOver)
        .thenRun(memory -> tell(now, turnOver.reply()))
        .thenUnstashAll();
  }

  private void tell(OpenTurn now, Chats.Reply reply) {
    now.replyTo().tell(new Answered(reply));
    turn = null;
    waiting = 0;
  }

  /** A read failed: nothing was changed, and the same words may be tried again. */
  private Effect<ChatEvent, Memory> giveUp(Memory memory, OpenTurn now, String why) {
    context.getLog().warn("chat turn gave up: cause=\"{}\"", why);
    tell(now, asides.reply(memory, now.said(), ReplyId.TROUBLE));
    return Effect().unstashAll();
  }
}
