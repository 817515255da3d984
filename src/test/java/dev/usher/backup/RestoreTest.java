package dev.usher.backup;

import static dev.usher.backup.OldAndNewCluster.PATIENCE;
import static dev.usher.backup.OldAndNewCluster.SEATS;
import static dev.usher.backup.OldAndNewCluster.SYSTEM;
import static dev.usher.backup.OldAndNewCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.proto.CreateUser;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.raft.Bytes;
import dev.usher.raft.NodeId;
import dev.usher.replica.GroupDigests;
import dev.usher.replica.GroupState;
import dev.usher.replica.ReplicaNode;
import dev.usher.replica.SnapshotContent;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.SeatCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a cluster that runs, through a file, to another cluster that goes on with it. */
class RestoreTest {
  private static final ActorTestKit KIT = OldAndNewCluster.kit();
  private static final NodeId OLD = new NodeId("old-1");
  private static final NodeId[] NEW = {
    new NodeId("node-1"), new NodeId("node-2"), new NodeId("node-3")
  };

  @TempDir static Path shared;
  private static Path file;

  @TempDir Path directory;

  @BeforeAll
  static void saveACluster() throws IOException {
    file = shared.resolve("all.usnap");
    try (var old = new OldAndNewCluster(KIT, "old", shared.resolve("old"), OLD)) {
      seats(old, "event", createEvent());
      seats(
          old,
          "publish",
          SeatCommand.newBuilder().setPublishEvent(PublishEvent.newBuilder().setEventId("hamlet")));
      seats(old, "book-1", booking("b1", "A-1"));
      signUp(old, "alice");

      old.save(file, SEATS.id(), SYSTEM.id());

      seats(old, "book-2", booking("b2", "A-2"));
    }
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aNewClusterGoesOnWithWhatWasSaved() throws Exception {
    Set<String> begunWith = new TreeSet<>();
    for (NodeId node : NEW) {
      var restored =
          Restore.into(
              directory.resolve(node.value()), cluster("new", node, 1), List.of(file), false);
      restored.forEach(group -> begunWith.add(group.digest()));
    }
    assertThat(begunWith).as("one digest for each group, on all nodes").hasSize(2);

    try (var fresh = new OldAndNewCluster(KIT, "new", directory, NEW)) {
      for (SavedGroup group : SavedGroup.of(file)) {
        var digests = get(fresh.any().digests(group.group(), PATIENCE));
        assertThat(digests.verdicts().values()).hasSize(3).containsOnly(GroupDigests.Verdict.SAME);
        for (ReplicaNode node : fresh.all()) {
          assertThat(rows(get(node.export(group.group(), PATIENCE)))).isEqualTo(rows(group));
        }
      }
      assertThat(state(fresh, "A-1")).isEqualTo(SeatView.SeatState.BOOKED);
      assertThat(state(fresh, "A-2"))
          .as("booked after it was saved")
          .isEqualTo(SeatView.SeatState.FREE);
      var alice = get(fresh.system().read(view -> view.user("alice"), PATIENCE));
      assertThat(alice).isPresent();

      // Asked again, it is the same booking: the answers that were given are saved too.
      seats(fresh, "book-1", booking("b1", "A-1"));
      seats(fresh, "book-3", booking("b3", "A-2"));
      assertThat(state(fresh, "A-2")).isEqualTo(SeatView.SeatState.BOOKED);
    }
  }

  @Test
  void aRestoredNodeStartsAgainFromItsOwnDirectory() throws Exception {
    var node = NEW[0];
    Restore.into(directory.resolve(node.value()), alone("new", node), List.of(file), false);
    try (var fresh = new OldAndNewCluster(KIT, "new", directory, node)) {
      seats(fresh, "book-3", booking("b3", "A-2"));
    }
    try (var again = new OldAndNewCluster(KIT, "new", directory, node)) {
      assertThat(state(again, "A-1")).isEqualTo(SeatView.SeatState.BOOKED);
      assertThat(state(again, "A-2")).isEqualTo(SeatView.SeatState.BOOKED);
    }
  }

  @Test
  void whatIsInAFileIsCounted() throws IOException {
    List<SavedGroup> groups = SavedGroup.of(file);
    assertThat(Contents.of(groups.get(0)))
        .containsEntry("events", 1L)
        .containsEntry("seats", 3L)
        .containsEntry("bookings", 1L);
    assertThat(Contents.of(groups.get(1))).containsEntry("users", 1L);
  }

  @Test
  void everyDirectoryIsAnotherDisk() throws Exception {
    Set<String> ids = new TreeSet<>();
    for (NodeId node : NEW) {
      Path made = directory.resolve(node.value());
      Restore.into(made, cluster("new", node, 1), List.of(file), false);
      ids.add(Files.readString(made.resolve("log").resolve("directory-id")));
    }
    assertThat(ids).hasSize(3);
  }

  @Test
  void anEmptyDirectoryIsFilledAndAnyOtherIsRefused() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Restore.into(empty, cluster("new", NEW[0], 1), List.of(file), false);
    assertThat(empty).isNotEmptyDirectory();

    assertThatThrownBy(() -> Restore.into(empty, cluster("new", NEW[0], 1), List.of(file), false))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void theOldClustersNameIsNotTakenByAccident() throws Exception {
    Path made = directory.resolve("node-1");
    assertThatThrownBy(() -> Restore.into(made, cluster("old", NEW[0], 1), List.of(file), false))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("usher.cluster.name");
    assertThat(made).doesNotExist();

    assertThat(Restore.into(made, cluster("old", NEW[0], 1), List.of(file), true)).hasSize(2);
  }

  @Test
  void groupsThatAreMissingOrTooManyAreNamedAndNothingIsMade() {
    Path made = directory.resolve("node-1");
    assertThatThrownBy(() -> Restore.into(made, cluster("new", NEW[0], 2), List.of(file), false))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("seats-1");
    assertThatThrownBy(
            () -> Restore.into(made, cluster("new", NEW[0], 1), List.of(file, file), false))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("again in");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDamagedFileMakesNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(directory.resolve("damaged"), bytes);
    Path made = directory.resolve("node-1");
    assertThatThrownBy(() -> Restore.into(made, cluster("new", NEW[0], 1), List.of(damaged), false))
        .isInstanceOf(DamagedBackupException.class);
    assertThat(made).doesNotExist();
  }

  private static NewCluster cluster(String name, NodeId self, int seatGroups) {
    return new NewCluster(
        name,
        self,
        new TreeSet<>(List.of(NEW)),
        seatGroups,
        OldAndNewCluster.SEGMENT_BYTES,
        Path.of("unused"));
  }

  private static NewCluster alone(String name, NodeId self) {
    return new NewCluster(
        name,
        self,
        new TreeSet<>(List.of(self)),
        1,
        OldAndNewCluster.SEGMENT_BYTES,
        Path.of("unused"));
  }

  /** Everything of a state but its clock, which goes on: the same state gives the same bytes. */
  private static List<Bytes> rows(GroupState state) {
    var content = new ByteArrayOutputStream();
    state.content(1 << 16).forEachRemaining(part -> content.writeBytes(part.unsafeArray()));
    return rows(new ByteArrayInputStream(content.toByteArray()));
  }

  private static List<Bytes> rows(SavedGroup group) throws IOException {
    try (var content = group.content()) {
      return rows(content);
    }
  }

  private static List<Bytes> rows(InputStream content) {
    var rows = new ArrayList<Bytes>();
    SnapshotContent.read(content).machine().forEachRemaining(rows::add);
    return rows.subList(1, rows.size());
  }

  private static SeatView.SeatState state(OldAndNewCluster cluster, String seat) {
    return get(
        cluster.seats().read(view -> view.seat("hamlet", seat).orElseThrow().state(), PATIENCE));
  }

  private static void seats(OldAndNewCluster cluster, String key, SeatCommand.Builder command) {
    var groups = new SeatGroups(List.of(cluster.seats()));
    assertThat(get(groups.propose(key, command.build(), PATIENCE)))
        .isInstanceOf(SeatOutcome.Applied.class);
  }

  private static void signUp(OldAndNewCluster cluster, String user) {
    var command =
        DirectoryCommand.newBuilder()
            .setCreateUser(
                CreateUser.newBuilder()
                    .setUserId(user)
                    .setEmail(user + "@example.org")
                    .setPasswordHash("none")
                    .addRoles("CUSTOMER"))
            .build();
    assertThat(get(new Directory(cluster.system()).propose("", Bytes.EMPTY, command, PATIENCE)))
        .isInstanceOf(DirectoryOutcome.Applied.class);
  }

  private static SeatCommand.Builder booking(String id, String seat) {
    return SeatCommand.newBuilder()
        .setCommitBooking(
            CommitBooking.newBuilder()
                .setEventId("hamlet")
                .setBookingId(id)
                .setUserId("alice")
                .addSeatIds(seat)
                .setTotalMinor(1250)
                .setCurrency("EUR")
                .setPaymentId("pay-" + id));
  }

  private static SeatCommand.Builder createEvent() {
    var plan = Plan.newBuilder().addCategories("stalls");
    for (int i = 1; i <= 3; i++) {
      plan.addSeats(
          PlanSeat.newBuilder()
              .setSeatId("A-" + i)
              .setSection("Stalls")
              .setRow("A")
              .setNumber(Integer.toString(i))
              .setCategory("stalls")
              .setX(i));
    }
    return SeatCommand.newBuilder()
        .setCreateEvent(
            CreateEvent.newBuilder()
                .setEventId("hamlet")
                .setDisplayName("Hamlet")
                .setVenueId("globe")
                .setVenueDisplayName("The Globe")
                .setCity("London")
                .setStartTimeMillis(4_000_000_000_000L)
                .setCurrency("EUR")
                .addPrices(CategoryPrice.newBuilder().setCategory("stalls").setPriceMinor(1250))
                .setSeatLimitPerBooking(3)
                .setPlan(plan));
  }
}
