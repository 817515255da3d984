package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class StateMachineActorTest {
  private static final GroupId GROUP = new GroupId("system");

  private final List<Throwable> fatal = new ArrayList<>();
  private final List<List<Outcome>> answers = new ArrayList<>();
  private final AtomicReference<StateMachineActor.Progress> progress =
      new AtomicReference<>(new StateMachineActor.Progress(0, OptionalLong.empty()));

  @Test
  void entriesAreAppliedAndAnsweredInOrder() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());

    actor.run(apply(1, "a", "due:50"));

    assertThat(answers)
        .containsExactly(
            List.of(
                new Outcome.Done(1, Ledger.command("#1")),
                new Outcome.Done(2, Ledger.command("#2"))));
  }

  @Test
  void itsProgressIsKnownBeforeTheAnswers() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());
    List<StateMachineActor.Progress> seen = new ArrayList<>();
    List<Entry> entries = entries(1, "a", "due:50");

    actor.run(new StateMachineActor.Apply<>(entries, answer -> seen.add(progress.get())));

    assertThat(seen).containsExactly(new StateMachineActor.Progress(2, OptionalLong.of(50)));
  }

  @Test
  void aReadWaitsForItsIndexAndSeesExactlyThat() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());
    ReadAttempt<List<String>, List<String>> late = read();
    ReadAttempt<List<String>, List<String>> early = read();
    actor.run(new StateMachineActor.Read<>(2, late));
    actor.run(new StateMachineActor.Read<>(1, early));
    assertThat(early.isDone()).isFalse();

    actor.run(apply(1, "a", "b", "c"));

    assertThat(early.result().join()).containsExactly("a");
    assertThat(late.result().join()).containsExactly("a", "b");
  }

  @Test
  void aReadOfTheCurrentStateRunsAtOnce() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());
    ReadAttempt<List<String>, List<String>> read = read();

    actor.run(new StateMachineActor.Read<>(0, read));

    assertThat(read.result().join()).isEmpty();
  }

  @Test
  void oneReadTooManyIsRefused() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());
    ReadAttempt<List<String>, List<String>> third = read();
    actor.run(new StateMachineActor.Read<>(1, read()));
    actor.run(new StateMachineActor.Read<>(1, read()));

    actor.run(new StateMachineActor.Read<>(1, third));

    Assertions.assertThatThrownBy(() -> third.result().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(UnavailableException.class);
  }

  @Test
  void readsThatNobodyWaitsForMakeRoom() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());
    ReadAttempt<List<String>, List<String>> abandoned = read();
    ReadAttempt<List<String>, List<String>> third = read();
    actor.run(new StateMachineActor.Read<>(1, read()));
    actor.run(new StateMachineActor.Read<>(1, abandoned));
    abandoned.expire();

    actor.run(new StateMachineActor.Read<>(1, third));
    actor.run(apply(1, "a"));

    assertThat(third.result().join()).containsExactly("a");
  }

  @Test
  void aQueryThatThrowsFailsItsCallerOnly() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor = actor(new Ledger());
    ReadAttempt<List<String>, String> bad =
        new ReadAttempt<>(GROUP, List::getFirst, Runnable::run, Long.MAX_VALUE);

    actor.run(new StateMachineActor.Read<>(0, bad));
    actor.run(apply(1, "a"));

    assertThat(bad.result()).isCompletedExceptionally();
    assertThat(answers.getLast()).hasSize(1);
  }

  @Test
  void aStateMachineThatThrowsStopsTheNode() {
    BehaviorTestKit<StateMachineActor.Command<List<String>>> actor =
        actor(
            new Ledger() {
              @Override
              public Bytes apply(long index, long timeMs, Bytes command) {
                throw new IllegalStateException("broken");
              }
            });

    actor.run(apply(1, "a"));

    assertThat(fatal).hasSize(1);
    assertThat(actor.isAlive()).isFalse();
    assertThat(answers).isEmpty();
  }

  private BehaviorTestKit<StateMachineActor.Command<List<String>>> actor(
      StateMachine<List<String>> machine) {
    return BehaviorTestKit.create(
        StateMachineActor.create(GROUP, new StateMachineHost<>(machine), progress, 2, fatal::add));
  }

  private StateMachineActor.Apply<List<String>> apply(long from, String... lines) {
    return new StateMachineActor.Apply<>(entries(from, lines), answers::add);
  }

  private static List<Entry> entries(long from, String... lines) {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      entries.add(
          new Entry(
              1,
              from + entries.size(),
              0,
              Entry.Kind.COMMAND,
              EnvelopeCodec.encode(Ledger.proposal("", line))));
    }
    return entries;
  }

  private static ReadAttempt<List<String>, List<String>> read() {
    return new ReadAttempt<>(GROUP, List::copyOf, Runnable::run, Long.MAX_VALUE);
  }
}
