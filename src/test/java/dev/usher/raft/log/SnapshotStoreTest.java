package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.SEATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.SnapshotMeta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A snapshot is there whole and checked, or not at all. */
class SnapshotStoreTest {
  private static final Path DIRECTORY = LogFixture.DIRECTORY;
  private static final int BLOCK = SnapshotFormat.BLOCK_BYTES;

  private final SimulatedDisk disk = new SimulatedDisk();

  @Property(tries = 100)
  void whateverIsWrittenIsReadFromAnywhere(
      @ForAll @IntRange(max = 3 * BLOCK) int bytes,
      @ForAll @IntRange(min = 1, max = 2 * BLOCK) int atOnce,
      @ForAll long seed)
      throws IOException {
    SimulatedDisk own = new SimulatedDisk();
    byte[] content = content(seed, bytes);
    SnapshotStore store = SnapshotStore.open(own, DIRECTORY);
    SnapshotMeta meta = write(store, meta(7, 3), content, atOnce);
    own.crash(new Random(seed));

    try (SnapshotReader reader = SnapshotStore.open(own, DIRECTORY).read(name(7, 3))) {
      reader.verify();
      assertThat(reader.meta()).isEqualTo(meta);
      assertThat(meta.bytes()).isEqualTo(bytes);
      assertThat(reader.content().readAllBytes()).isEqualTo(content);
      int offset = new Random(seed).nextInt(bytes + 1);
      int most = 1 + new Random(seed).nextInt(2 * BLOCK);
      assertThat(reader.read(offset, most))
          .isEqualTo(
              Bytes.copyOf(Arrays.copyOfRange(content, offset, Math.min(bytes, offset + most))));
    }
  }

  @Test
  void theSameStateGivesTheSameBytes() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    SimulatedDisk other = new SimulatedDisk();
    byte[] content = content(1, BLOCK + 17);

    write(store, meta(7, 3), content, 100);
    write(SnapshotStore.open(other, DIRECTORY), meta(7, 3), content, BLOCK);

    assertThat(disk.read(store.file(name(7, 3))).orElseThrow())
        .isEqualTo(other.read(store.file(name(7, 3))).orElseThrow());
  }

  @Test
  void aHalfWrittenOneIsRemovedAtTheNextStart() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    SnapshotWriter half = store.write(meta(7, 3));
    half.write(ByteBuffer.wrap(content(1, 2 * BLOCK)));
    disk.crash(new Random(1));
    assertThat(disk.list(DIRECTORY)).singleElement().asString().endsWith(".snap.new");

    SnapshotStore again = SnapshotStore.open(disk, DIRECTORY);

    assertThat(disk.list(DIRECTORY)).isEmpty();
    assertThat(again.list(SEATS)).isEmpty();
  }

  @Test
  void oneThatIsGivenUpLeavesNothing() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    SnapshotWriter half = store.write(meta(7, 3));
    half.write(ByteBuffer.wrap(content(1, 2 * BLOCK)));

    half.close();

    assertThat(disk.list(DIRECTORY)).isEmpty();
  }

  @Test
  void oneThatFindsNoSpaceLeavesNothingOfItself() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    write(store, meta(7, 3), content(1, 100), 100);
    disk.setSpace(BLOCK);

    assertThatThrownBy(() -> write(store, meta(9, 3), content(1, 3 * BLOCK), BLOCK))
        .hasMessageContaining("No space left on device");

    assertThat(store.list(SEATS)).containsExactly(name(7, 3));
    assertThat(disk.list(DIRECTORY)).hasSize(1);
  }

  @Test
  void everyDamagedByteIsFoundWhenItIsRead() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    write(store, meta(7, 3), content(1, 300), 300);
    Path file = store.file(name(7, 3));
    int size = disk.read(file).orElseThrow().length;
    for (int offset = 0; offset < size; offset++) {
      disk.corrupt(file, offset);

      assertThatThrownBy(() -> readAll(store, name(7, 3)))
          .as("offset %s", offset)
          .isInstanceOf(CorruptSnapshotException.class)
          .hasMessageContaining("file=" + file)
          .hasMessageContaining("offset=");

      disk.corrupt(file, offset);
    }
    readAll(store, name(7, 3));
  }

  @Test
  void aChunkFromAnIntactBlockDoesNotMindTheOthers() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    byte[] content = content(1, 3 * BLOCK);
    write(store, meta(7, 3), content, BLOCK);
    Path file = store.file(name(7, 3));
    disk.corrupt(file, disk.read(file).orElseThrow().length / 2);

    try (SnapshotReader reader = store.read(name(7, 3))) {
      assertThat(reader.read(0, BLOCK).size()).isEqualTo(BLOCK);
      assertThat(reader.read(2 * BLOCK, BLOCK).size()).isEqualTo(BLOCK);
      assertThatThrownBy(() -> reader.read(BLOCK - 1, 2))
          .isInstanceOf(CorruptSnapshotException.class)
          .hasMessageContaining("block 1");
    }
  }

  @Test
  void aFileCutOffIsDamaged() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    write(store, meta(7, 3), content(1, 300), 300);
    Path file = store.file(name(7, 3));
    byte[] whole = disk.read(file).orElseThrow();
    for (int bytes = 0; bytes < whole.length; bytes += 13) {
      disk.writeAtomically(file, Arrays.copyOf(whole, bytes));

      assertThatThrownBy(() -> readAll(store, name(7, 3)))
          .as("%s bytes", bytes)
          .isInstanceOf(CorruptSnapshotException.class);
    }
  }

  @Test
  void aNewerFormatIsRefusedWithASentence() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    write(store, meta(7, 3), content(1, 300), 300);
    Path file = store.file(name(7, 3));
    byte[] newer = disk.read(file).orElseThrow();
    newer[11] = 9;
    ByteBuffer header = ByteBuffer.wrap(newer, 0, 20 + ByteBuffer.wrap(newer).getInt(12)).slice();
    header.putInt(16, SnapshotFormat.headerChecksum(header));
    disk.writeAtomically(file, newer);

    assertThatThrownBy(() -> store.read(name(7, 3)))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("has format version 9, this program reads up to 1");
  }

  @Test
  void twoAreKeptOfEachGroup() throws IOException {
    SnapshotStore store = SnapshotStore.open(disk, DIRECTORY);
    for (int index : List.of(5, 30, 200)) {
      write(store, meta(index, 3), content(index, 10), 10);
    }
    SnapshotMeta other =
        new SnapshotMeta(new GroupId("seats-01"), 1, 1, 0, Configuration.NONE, 0, 0);
    write(store, other, content(1, 10), 10);

    store.removeOld(SEATS);

    assertThat(store.list(SEATS)).containsExactly(name(200, 3), name(30, 3));
    assertThat(store.list(other.group())).hasSize(1);
  }

  private static void readAll(SnapshotStore store, SnapshotStore.Name name) throws IOException {
    try (SnapshotReader reader = store.read(name)) {
      reader.verify();
    }
  }

  private static SnapshotMeta write(
      SnapshotStore store, SnapshotMeta meta, byte[] content, int atOnce) throws IOException {
    try (SnapshotWriter writer = store.write(meta)) {
      for (int at = 0; at < content.length; at += atOnce) {
        writer.write(ByteBuffer.wrap(content, at, Math.min(atOnce, content.length - at)));
      }
      return writer.finish();
    }
  }

  private static SnapshotStore.Name name(long index, long term) {
    return new SnapshotStore.Name(SEATS, index, term);
  }

  private static SnapshotMeta meta(long index, long term) {
    return LogFixture.snapshot(SEATS, index, term);
  }

  private static byte[] content(long seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return content;
  }
}
