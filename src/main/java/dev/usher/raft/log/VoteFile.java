package dev.usher.raft.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The second copy of every group's term and vote, in a file of its own: damage to the log may cost
 * entries, which the peers have too, but never a vote, which nobody else knows for certain
 * (Protocol-Aware Recovery, FAST'18).
 *
 * <p>Two slots are written in turn, in place, so a full disk is no hindrance and a crash in a write
 * leaves the other. A slot is: u64 sequence, u32 length, u32 CRC32C of (sequence, what follows),
 * and for each group its name, u64 term and the name of the vote.
 */
final class VoteFile implements Closeable {
  static final String NAME = "votes";
  static final int SLOT_BYTES = 64 << 10;

  private static final long MAGIC = 0x5553484552_564f54L; // "USHERVOT"
  private static final int FORMAT_VERSION = 1;
  private static final int HEADER_BYTES = 512;
  private static final int SLOT_HEADER_BYTES = 16;

  private final Path file;
  private final DiskFile disk;
  private final Map<GroupId, HardState> states = new TreeMap<>();
  private long sequence;
  private boolean isCertain = true;

  private VoteFile(Path file, DiskFile disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * Opens the copy of a directory, which is made when it is missing.
   *
   * @throws UnsupportedFormatException when a newer program wrote it
   */
  static VoteFile open(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!disk.list(directory).contains(NAME)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      header.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(checksum(header.slice(0, 12)));
      DiskFile made = disk.allocate(file, HEADER_BYTES + 2L * SLOT_BYTES, header.array());
      VoteFile votes = new VoteFile(file, made);
      votes.isCertain = false;
      return votes;
    }
    VoteFile votes = new VoteFile(file, disk.open(file));
    try {
      votes.read();
      return votes;
    } catch (IOException | RuntimeException e) {
      votes.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  /** What is known here; may lack what was never acknowledged. */
  Map<GroupId, HardState> states() {
    return Map.copyOf(states);
  }

  /** False when the file is new or a slot is bad, so that a later vote may have been there. */
  boolean isCertain() {
    return isCertain;
  }

  /** Replaces the states, durably. */
  void write(Map<GroupId, HardState> next) throws IOException {
    sequence++;
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
    slot.putLong(sequence).putInt(0).putInt(0);
    new TreeMap<>(next)
        .forEach(
            (group, state) -> {
              name(slot, group.value());
              slot.putLong(state.term());
              name(slot, state.vote().map(NodeId::value).orElse(""));
            });
    slot.putInt(8, slot.position() - SLOT_HEADER_BYTES);
    slot.putInt(12, checksum(slot.duplicate().flip()));
    disk.write(slot.flip(), HEADER_BYTES + sequence % 2 * SLOT_BYTES);
    disk.force();
  }

  private void read() throws IOException {
    ByteBuffer content = disk.readAll();
    if (content.limit() < HEADER_BYTES + 2 * SLOT_BYTES) {
      throw new CorruptLogException(file, 0, "the copy of the votes", "too short");
    }
    boolean isHeaderIntact =
        content.getLong(0) == MAGIC && content.getInt(12) == checksum(content.slice(0, 12));
    if (isHeaderIntact && content.getInt(8) > FORMAT_VERSION) {
      throw new UnsupportedFormatException(file, content.getInt(8), FORMAT_VERSION);
    }
    for (int i = 0; i < 2; i++) {
      readSlot(content.slice(HEADER_BYTES + i * SLOT_BYTES, SLOT_BYTES));
    }
  }

  private void readSlot(ByteBuffer slot) {
    long number = slot.getLong(0);
    int length = slot.getInt(8);
    if (number == 0 && length == 0 && slot.getInt(12) == 0) {
      return;
    }
    boolean isValid =
        length >= 0
            && length <= SLOT_BYTES - SLOT_HEADER_BYTES
            && slot.getInt(12) == checksum(slot.slice(0, SLOT_HEADER_BYTES + length));
    if (!isValid) {
      isCertain = false;
    } else if (number > sequence) {
      sequence = number;
      states.clear();
      decode(slot.slice(SLOT_HEADER_BYTES, length));
    }
  }

  private void decode(ByteBuffer body) {
    try {
      while (body.hasRemaining()) {
        GroupId group = new GroupId(name(body));
        long term = body.getLong();
        String vote = name(body);
        states.put(
            group,
            new HardState(term, vote.isEmpty() ? Optional.empty() : Optional.of(new NodeId(vote))));
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IllegalStateException("checked, and yet of unknown form: " + file, e);
    }
  }

  /** Of everything but the checksum's own place. */
  private static int checksum(ByteBuffer slot) {
    CRC32C crc = new CRC32C();
    int head = Math.min(12, slot.limit());
    crc.update(slot.slice(0, head));
    if (slot.limit() > SLOT_HEADER_BYTES) {
      crc.update(slot.slice(SLOT_HEADER_BYTES, slot.limit() - SLOT_HEADER_BYTES));
    }
    return (int) crc.getValue();
  }

  private static void name(ByteBuffer target, String name) {
    byte[] ascii = name.getBytes(US_ASCII);
    target.put((byte) ascii.length).put(ascii);
  }

  private static String name(ByteBuffer source) {
    byte[] ascii = new byte[Byte.toUnsignedInt(source.get())];
    source.get(ascii);
    return new String(ascii, US_ASCII);
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
