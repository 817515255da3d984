package dev.usher.chat;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Conversation;
import dev.usher.chat.dialogue.Dialogue;
import dev.usher.chat.dialogue.Hearing;
import dev.usher.chat.dialogue.Step;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understanding;
import dev.usher.chat.understanding.Understood;
import dev.usher.shards.CborSerializable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * One conversation. Its first speaker's turns are taken one at a time: read the catalogue,
 * understand, carry out the dialogue's steps, answer. What it remembers is lost with the node; no
 * booking can come of that, because a yes then finds nothing that was read back.
 */
public final class ChatbotActor {
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "chat");

  /** More turns than this at once are told that one thing at a time is enough. */
  static final int WAITING_MAX = 16;

  /** UTF-16 units. */
  static final int TEXT_MAX = 1000;

  public sealed interface Command {}

  /**
   * One turn.
   *
   * @param timeout how long the speaker waits; steps get what is left of it
   */
  public record Say(Chats.Turn turn, Duration timeout, ActorRef<Answered> replyTo)
      implements Command, CborSerializable {}

  public record Answered(Chats.Reply reply) implements CborSerializable {}

  /** Its shard wants it to end; a turn that goes on is finished before. */
  public record Stop() implements Command, CborSerializable {}

  private record CatalogueRead(Catalogue catalogue) implements Command {}

  private record StepDone(Supplier<Step> next) implements Command {}

  private record ReadFailed(String why) implements Command {}

  private record Silence() implements Command {}

  private final ActorContext<Command> context;
  private final StashBuffer<Command> waiting;
  private final @Nullable ActorRef<ClusterSharding.ShardCommand> shard;
  private final ChatDependencies deps;
  private final Understanding understanding;
  private final Dialogue dialogue;
  private final TurnHistory history = new TurnHistory();

  private ChatbotActor(
      ActorContext<Command> context,
      StashBuffer<Command> waiting,
      @Nullable ActorRef<ClusterSharding.ShardCommand> shard,
      ChatDependencies deps) {
    this.context = context;
    this.waiting = waiting;
    this.shard = shard;
    this.deps = deps;
    this.understanding = deps.understanding();
    this.dialogue = deps.dialogue();
  }

  /** A conversation that simply stops when it has been silent for long. */
  public static Behavior<Command> create(String entityId, ChatDependencies deps) {
    return begin(entityId, null, deps);
  }

  /** A conversation that ends by way of its shard, so that no turn is lost in between. */
  public static Behavior<Command> create(
      String entityId, ActorRef<ClusterSharding.ShardCommand> shard, ChatDependencies deps) {
    return begin(entityId, shard, deps);
  }

  private static Behavior<Command> begin(
      String entityId,
      @Nullable ActorRef<ClusterSharding.ShardCommand> shard,
      ChatDependencies deps) {
    return Behaviors.setup(
        context ->
            Behaviors.withStash(
                WAITING_MAX,
                waiting -> {
                  context.setReceiveTimeout(deps.idle(), new Silence());
                  var conversation = Conversation.begin(entityId, deps.clock().millis());
                  return new ChatbotActor(context, waiting, shard, deps)
                      .listening("", conversation);
                }));
  }

  /**
   * Waits for a turn.
   *
   * @param speaker empty before the first turn
   */
  private Behavior<Command> listening(String speaker, Conversation conversation) {
    return Behaviors.receive(Command.class)
        .onMessage(Say.class, say -> heard(speaker, conversation, say))
        .onMessage(Silence.class, silence -> fallSilent())
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> fallSilent() {
    if (shard == null) {
      return Behaviors.stopped();
    }
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Behaviors.same();
  }

  private Behavior<Command> heard(String speaker, Conversation conversation, Say say) {
    var turn = say.turn();
    if (!speaker.isEmpty() && !speaker.equals(turn.userId())) {
      return aside(say, ReplyId.NOT_YOURS);
    }
    if (turn.text().length() > TEXT_MAX) {
      return aside(say, ReplyId.TOO_LONG);
    }
    var repeated = history.find(turn.requestId());
    if (repeated.isPresent()) {
      say.replyTo().tell(new Answered(repeated.get()));
      return Behaviors.same();
    }
    var taken = new Turn(say, conversation, deps.clock().millis() + say.timeout().toMillis());
    await(deps.reads().catalogue(deps.clock().millis(), taken.left()), CatalogueRead::new);
    return thinking(taken);
  }

  private Behavior<Command> aside(Say say, ReplyId reply) {
    say.replyTo().tell(new Answered(ReplyWriter.aside(dialogue.aside(reply))));
    return Behaviors.same();
  }

  /** A turn that is being answered. */
  private final class Turn {
    final Say say;
    final Conversation before;
    private final long deadlineMs;
    private @Nullable Understood understood;

    Turn(Say say, Conversation before, long deadlineMs) {
      this.say = say;
      this.before = before;
      this.deadlineMs = deadlineMs;
    }

    /** At least a moment, so that a late step fails in its own way. */
    Duration left() {
      return Duration.ofMillis(Math.max(1, deadlineMs - deps.clock().millis()));
    }
  }

  /** Carries out the steps of a turn; other turns wait. */
  private Behavior<Command> thinking(Turn turn) {
    return Behaviors.receive(Command.class)
        .onMessage(CatalogueRead.class, read -> carryOut(turn, understand(turn, read.catalogue())))
        .onMessage(StepDone.class, done -> carryOut(turn, done.next().get()))
        .onMessage(ReadFailed.class, failed -> giveUp(turn, failed.why()))
        .onMessage(Say.class, this::keepWaiting)
        .onMessage(Stop.class, this::keepWaiting)
        .onMessage(Silence.class, silence -> Behaviors.same())
        .build();
  }

  private Behavior<Command> keepWaiting(Command command) {
    if (!waiting.isFull()) {
      waiting.stash(command);
    } else if (command instanceof Say say) {
      return aside(say, ReplyId.BUSY);
    }
    return Behaviors.same();
  }

  private Step understand(Turn turn, Catalogue catalogue) {
    var today = LocalDate.ofInstant(deps.clock().instant(), deps.zone());
    var understood =
        understanding.understand(turn.say.turn().text(), catalogue, today, turn.before.situation());
    turn.understood = understood;
    return dialogue.hear(
        turn.before, new Hearing(understood, catalogue, turn.say.turn().paymentMethodId()));
  }

  private Behavior<Command> carryOut(Turn turn, Step step) {
    var said = turn.say.turn();
    switch (step) {
      case Step.Say say -> {
        return answer(turn, say);
      }
      case Step.ReadSeats read ->
          await(
              deps.reads().seats(read.eventId(), turn.left()),
              seats -> new StepDone(() -> read.then().apply(seats)));
      case Step.ReadBookings read ->
          await(
              deps.reads().bookingsOf(said.userId(), turn.left()),
              bookings -> new StepDone(() -> read.then().apply(bookings)));
      case Step.Book book -> act(deps.bookings().book(order(said, book), turn.left()), book.then());
      case Step.Cancel cancel ->
          act(
              deps.bookings()
                  .cancel(
                      new Bookings.Cancellation(
                          said.token(),
                          said.userId(),
                          cancel.requestId(),
                          cancel.eventId(),
                          cancel.bookingId()),
                      turn.left()),
              cancel.then());
    }
    return Behaviors.same();
  }

  private static Bookings.Order order(Chats.Turn said, Step.Book book) {
    return new Bookings.Order(
        said.token(),
        said.userId(),
        book.requestId(),
        book.eventId(),
        book.seatIds(),
        "",
        book.paymentMethodId(),
        OptionalLong.of(book.totalMinor()),
        book.currency());
  }

  private <T> void await(CompletionStage<T> stage, Function<T, Command> then) {
    context.pipeToSelf(
        stage,
        (value, failure) ->
            failure == null ? then.apply(value) : new ReadFailed(String.valueOf(failure)));
  }

  /** An act that fails may still have been done: its outcome is unknown, not bad. */
  private void act(CompletionStage<Bookings.Result> stage, Function<Bookings.Result, Step> then) {
    context.pipeToSelf(
        stage,
        (result, failure) -> {
          var known =
              failure == null
                  ? result
                  : new Bookings.Unavailable("OUTCOME_UNKNOWN", "no answer in time");
          return new StepDone(() -> then.apply(known));
        });
  }

  private Behavior<Command> answer(Turn turn, Step.Say said) {
    var understood = turn.understood;
    var reply =
        understood == null
            ? ReplyWriter.aside(said.answer())
            : ReplyWriter.reply(understood, said.answer(), dialogue.carried(said.conversation()));
    history.add(turn.say.turn().requestId(), reply);
    turn.say.replyTo().tell(new Answered(reply));
    return waiting.unstashAll(listening(turn.say.turn().userId(), said.conversation()));
  }

  /** A read failed: nothing was changed, and the same words may be tried again. */
  private Behavior<Command> giveUp(Turn turn, String why) {
    context.getLog().warn("chat turn gave up: cause=\"{}\"", why);
    turn.say.replyTo().tell(new Answered(ReplyWriter.aside(dialogue.aside(ReplyId.TROUBLE))));
    return waiting.unstashAll(listening(turn.say.turn().userId(), turn.before));
  }
}
