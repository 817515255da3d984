package dev.usher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.StatePoint;
import dev.usher.raft.log.UnsupportedFormatException;
import dev.usher.replica.GroupState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupFileTest {
  private static final long TIME_MS = 1_767_225_600_123L;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("monday.usnap");
  }

  @Test
  void whatWasSavedIsFoundAgain() throws IOException {
    save(parts("seats-0", 400_000), parts("system", 10));

    List<SavedGroup> found = SavedGroup.of(file);

    assertThat(found)
        .extracting(SavedGroup::group)
        .containsExactly(new GroupId("seats-0"), new GroupId("system"));
    assertThat(found.getFirst().cluster()).isEqualTo("old");
    assertThat(found.getFirst().header().getIndex()).isEqualTo(10);
    assertThat(found.getFirst().header().getLogTime().getNanos()).isEqualTo(123_000_000);
    try (var content = found.getFirst().content()) {
      // A piece stands behind its length.
      assertThat(content.readAllBytes()).hasSize(400_004).startsWith(0, 6, 0x1a, 0x80);
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    save(parts("system", 10));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anExistingFileStaysUnlessItIsToBeReplaced() throws IOException {
    Files.writeString(file, "precious");
    assertThatThrownBy(() -> BackupWriter.create(file, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");

    try (var writer = BackupWriter.create(file, true)) {
      write(writer, parts("system", 10));
      assertThat(file).as("not before it is whole").hasContent("precious");
      writer.finish();
    }
    assertThat(SavedGroup.of(file)).hasSize(1);
  }

  @Test
  void whatIsNotFinishedLeavesNothingBehind() throws IOException {
    try (var writer = BackupWriter.create(file, false)) {
      write(writer, parts("system", 10).subList(0, 2));
      assertThatThrownBy(writer::finish).hasMessageContaining("has no end");
    }
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aSnapshotThatBrokeOffIsWrittenFromItsBeginning() throws IOException {
    try (var writer = BackupWriter.create(file, false)) {
      write(writer, parts("seats-0", 1000));
      write(writer, parts("system", 400_000).subList(0, 2));
      writer.forgetUnfinished();
      write(writer, parts("system", 20));
      writer.finish();
    }
    assertThat(SavedGroup.of(file)).extracting(SavedGroup::bytes).containsExactly(1004L, 24L);
  }

  @Test
  void aPartThatDoesNotFollowIsNotWritten() throws IOException {
    try (var writer = BackupWriter.create(file, false)) {
      var parts = parts("system", 600_000);
      writer.write(parts.getFirst());
      assertThatThrownBy(() -> writer.write(parts.get(2)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("should follow");
    }
  }

  @Test
  void everyChangedByteIsFoundAndItsPlaceNamed() throws IOException {
    save(parts("seats-0", 3000), parts("system", 100));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += at < 200 ? 1 : 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThatThrownBy(() -> SavedGroup.of(file))
          .as("offset %s", at)
          .isInstanceOfAny(DamagedBackupException.class, UnsupportedFormatException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void everyCutIsFound() throws IOException {
    save(parts("seats-0", 3000), parts("system", 100));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += length < 200 ? 1 : 41) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SavedGroup.of(file))
          .as("cut to %s", length)
          .isInstanceOf(DamagedBackupException.class)
          .hasMessageContaining("offset");
    }
  }

  @Test
  void somethingBehindTheEndIsDamage() throws IOException {
    save(parts("system", 100));
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> SavedGroup.of(file)).hasMessageContaining("follows the end");
  }

  @Test
  void damageIsNamedByTheOffsetOfItsPart() throws IOException {
    save(parts("system", 100));
    byte[] bytes = Files.readAllBytes(file);
    bytes[BackupFormat.START_BYTES + BackupFormat.RECORD_BYTES] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> SavedGroup.of(file))
        .isInstanceOfSatisfying(
            DamagedBackupException.class,
            damage -> assertThat(damage.offset()).isEqualTo(BackupFormat.START_BYTES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PK", "a file of somebody else, which is long enough for a header"})
  void aForeignFileIsNoSavedSnapshot(String content) throws IOException {
    Files.writeString(file, content);
    assertThatThrownBy(() -> SavedGroup.of(file)).isInstanceOf(DamagedBackupException.class);
  }

  @Test
  void aFileOfANewerProgramIsRefusedByItsVersion() throws IOException {
    save(parts("system", 100));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(8, BackupFormat.VERSION + 1);
    Files.write(file, bytes);
    assertThatThrownBy(() -> SavedGroup.of(file))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("format version 2")
        .hasMessageContaining("or a newer one");
  }

  @Test
  void aSnapshotOfANewerNodeIsRefusedByItsVersion() throws IOException {
    var newer = parts("system", 10).getFirst().toBuilder();
    newer.getHeaderBuilder().setFormatVersion(BackupFormat.MESSAGES_VERSION + 1);
    try (var writer = BackupWriter.create(file, false)) {
      assertThatThrownBy(() -> writer.write(newer.build()))
          .hasMessageContaining("format version 2");
    }
  }

  @SafeVarargs
  private void save(List<ExportSnapshotResponse>... snapshots) throws IOException {
    try (var writer = BackupWriter.create(file, false)) {
      for (var parts : snapshots) {
        write(writer, parts);
      }
      writer.finish();
    }
  }

  private static void write(BackupWriter writer, List<ExportSnapshotResponse> parts)
      throws IOException {
    for (var part : parts) {
      writer.write(part);
    }
  }

  /** A snapshot whose only piece is of so many bytes. */
  private static List<ExportSnapshotResponse> parts(String group, int bytes) {
    var piece = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(piece);
    var point =
        new StatePoint(10, 2, Configuration.of(new TreeSet<>(List.of(new NodeId("node-1")))));
    var state =
        new GroupState(new GroupId(group), point, TIME_MS, List.of(Bytes.wrap(piece)).iterator());
    var parts = new ArrayList<ExportSnapshotResponse>();
    new SnapshotParts("old", state).forEachRemaining(parts::add);
    return parts;
  }
}
