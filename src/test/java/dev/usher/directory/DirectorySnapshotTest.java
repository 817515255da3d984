package dev.usher.directory;

import static dev.usher.directory.Desk.card;
import static dev.usher.directory.Desk.delete;
import static dev.usher.directory.Desk.remove;
import static dev.usher.directory.Desk.session;
import static dev.usher.directory.Desk.token;
import static dev.usher.directory.Desk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.directory.proto.AppendEvents;
import dev.usher.directory.proto.DeleteEvents;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.EventRange;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalSnapshot;
import dev.usher.directory.proto.SaveSnapshot;
import dev.usher.raft.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a snapshot holds is the whole state: nothing that comes later can tell the difference. */
class DirectorySnapshotTest {
  @Property(tries = 100)
  void aRestoredDirectoryIsTheSameAndStaysTheSame(@ForAll long seed) {
    var desk = new Desk();
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      act(desk, random.nextInt(1000), i);
    }
    var twin = Desk.restored(desk.model.snapshot(), desk);
    assertThat(twin.model.digest()).isEqualTo(desk.model.digest());

    for (int i = 60; i < 120; i++) {
      int choice = random.nextInt(1000);
      act(desk, choice, i);
      act(twin, choice, i);
      assertThat(twin.model.digest()).isEqualTo(desk.model.digest());
      assertThat(twin.model.nextDeadlineMs()).isEqualTo(desk.model.nextDeadlineMs());
    }
    assertThat(drain(twin)).isEqualTo(drain(desk));
  }

  @Test
  void theOldestSessionIsStillTheOldest() {
    var desk = new Desk();
    for (int i = 0; i < DirectoryLimits.SESSIONS_PER_USER; i++) {
      // Ids against the order in which they were made.
      desk.done(session("s" + (999 - i), "ann", i));
    }
    var twin = Desk.restored(desk.model.snapshot(), desk);

    twin.done(session("one-more", "ann", 1000));

    assertThat(twin.view().session(token(0))).isEmpty();
    assertThat(twin.view().session(token(1))).isPresent();
  }

  @Test
  void whatIsNoPieceIsRefused() {
    var stranger = List.of(Bytes.wrap(new byte[] {(byte) 0xff, 1})).iterator();

    assertThatThrownBy(() -> new DirectoryModel().restore(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a piece");
  }

  private static void act(Desk desk, int choice, int i) {
    int who = choice % 7;
    switch (choice % 10) {
      case 0 -> propose(desk, user("u" + who, "u" + who + "@example.org"));
      case 1 -> propose(desk, session("s" + i, who < 3 ? "ann" : "u" + who, i));
      case 2 -> propose(desk, delete("s" + choice % 60, "ann"));
      case 3 -> propose(desk, card("c" + choice / 10 % 8, "ann", "4242"));
      case 4 -> desk.fail(1 + who);
      case 5 -> propose(desk, append("actor-" + who, i, choice % 2 == 0 ? 0 : choice * 1000L));
      case 6 -> propose(desk, deleteEvents("actor-" + who, choice % 60));
      case 7 -> propose(desk, save("actor-" + who, i));
      case 8 -> propose(desk, remove("c" + choice / 10 % 8, "ann"));
      default -> desk.pass(Duration.ofMinutes(choice));
    }
  }

  private static DirectoryCommand.Builder append(String id, int number, long expireAfterMs) {
    return DirectoryCommand.newBuilder()
        .setAppendEvents(
            AppendEvents.newBuilder()
                .setPersistenceId(id)
                .addEvents(JournalEvent.newBuilder().setSequenceNumber(number).addTags("t"))
                .setExpireAfterMillis(expireAfterMs));
  }

  private static DirectoryCommand.Builder deleteEvents(String id, int to) {
    return DirectoryCommand.newBuilder()
        .setDeleteEvents(
            DeleteEvents.newBuilder()
                .addRanges(EventRange.newBuilder().setPersistenceId(id).setToSequenceNumber(to)));
  }

  private static DirectoryCommand.Builder save(String id, int number) {
    return DirectoryCommand.newBuilder()
        .setSaveSnapshot(
            SaveSnapshot.newBuilder()
                .setPersistenceId(id)
                .setSnapshot(JournalSnapshot.newBuilder().setSequenceNumber(number)));
  }

  private static void propose(Desk desk, DirectoryCommand.Builder command) {
    desk.raw(Bytes.wrap(command.build().toByteArray()));
  }

  private static List<Bytes> drain(Desk desk) {
    List<Bytes> drained = new ArrayList<>();
    desk.model.snapshot().forEachRemaining(drained::add);
    return drained;
  }
}
