package dev.usher.raft.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * One preallocated file of the log, and how far it is written. Its header: magic, format version,
 * number, checksum of these.
 */
final class Segment implements Closeable {
  static final int HEADER_BYTES = 32;

  private static final long MAGIC = 0x5553484552_57414cL; // "USHERWAL"
  private static final int FORMAT_VERSION = 2;
  private static final Pattern NAME = Pattern.compile("segment-(\\d{10})\\.log");

  private final long number;
  private final Path file;
  private final DiskFile disk;
  private final int size;
  private int end;

  private Segment(long number, Path file, DiskFile disk, int size, int end) {
    this.number = number;
    this.file = file;
    this.disk = disk;
    this.size = size;
    this.end = end;
  }

  static Segment allocate(Disk disk, Path directory, long number, int size) throws IOException {
    Path file = directory.resolve(name(number));
    return new Segment(
        number,
        file,
        disk.allocate(file, size, header(FORMAT_VERSION, number)),
        size,
        HEADER_BYTES);
  }

  /** Opens an existing segment; where it ends is for a scan to find out. */
  static Segment open(Disk disk, Path directory, long number) throws IOException {
    Path file = directory.resolve(name(number));
    DiskFile diskFile = disk.open(file);
    return new Segment(number, file, diskFile, Math.toIntExact(diskFile.size()), HEADER_BYTES);
  }

  /** The number of the segment with this file name. */
  static OptionalLong numberOf(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  static String name(long number) {
    return String.format("segment-%010d.log", number);
  }

  private static byte[] header(int version, long number) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(MAGIC).putInt(version).putLong(number);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).array();
  }

  /**
   * True when the header is that of this very segment. Records carry their place in their own
   * checksums, so a damaged header takes nothing from them.
   *
   * @throws UnsupportedFormatException when a newer program wrote it
   */
  boolean isHeaderIntact(ByteBuffer content) throws UnsupportedFormatException {
    if (content.limit() < HEADER_BYTES || content.getLong(0) != MAGIC) {
      return false;
    }
    int version = content.getInt(8);
    if (!content.slice(0, HEADER_BYTES).equals(ByteBuffer.wrap(header(version, number)))) {
      return false;
    }
    if (version > FORMAT_VERSION) {
      throw new UnsupportedFormatException(file, version, FORMAT_VERSION);
    }
    return true;
  }

  /** Writes the header of this program's format anew, durably, before records of it follow. */
  void renewHeader() throws IOException {
    disk.write(ByteBuffer.wrap(header(FORMAT_VERSION, number)), 0);
    disk.force();
  }

  boolean isHeaderCurrent(ByteBuffer content) {
    return content.limit() >= HEADER_BYTES
        && content.slice(0, HEADER_BYTES).equals(ByteBuffer.wrap(header(FORMAT_VERSION, number)));
  }

  long number() {
    return number;
  }

  Path file() {
    return file;
  }

  /** Where the next record goes. */
  int end() {
    return end;
  }

  /** Bytes left, the seal's place not counted. */
  int room() {
    return size - RecordFormat.SEAL_BYTES - end;
  }

  ByteBuffer readAll() throws IOException {
    return disk.readAll();
  }

  void continueAt(int offset) {
    end = offset;
  }

  /** Writes whole placed records at the end, durably. */
  void write(ByteBuffer records) throws IOException {
    int bytes = records.remaining();
    disk.write(records, end);
    disk.force();
    end += bytes;
  }

  /** Overwrites everything from the end up to {@code to} with zeros, durably. */
  void clearTail(int to) throws IOException {
    disk.write(ByteBuffer.allocate(to - end), end);
    disk.force();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
