package dev.usher.payment.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ledger.jsonl}, append only. A line is one batch that became durable with one fsync: eight
 * hex digits of its CRC-32C, a space, a JSON array of {@link Entry}. Since the next batch is
 * written only after that fsync, only the last line can be torn: it was never answered and is cut
 * off. A bad line before a good one is damage, and the sandbox refuses to start.
 */
final class LedgerFile implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<List<Entry>> BATCH = new TypeReference<>() {};
  private static final String NAME = "ledger.jsonl";
  private static final int CRC_DIGITS = 8;
  private static final int BATCH_OF_COPY = 256;
  private static final int MAX_LINE_BYTES = 64 << 20;

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private LedgerFile(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens the ledger of a directory, or begins one, and hands over every entry in order.
   *
   * @throws SandboxException with a sentence when it is in use, damaged or cannot be read
   */
  static LedgerFile open(Path dir, Consumer<Entry> entries) {
    var file = dir.resolve(NAME);
    try {
      Files.createDirectories(dir);
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      var lock = lock(channel);
      if (lock == null) {
        channel.close();
        throw new SandboxException("another payment sandbox uses " + file);
      }
      var ledger = new LedgerFile(file, channel, lock);
      try {
        ledger.recover(entries);
        syncDirectory(dir);
        return ledger;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new SandboxException("cannot open the payment ledger " + file + ": " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void syncDirectory(Path dir) throws IOException {
    try (var directory = FileChannel.open(dir, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void recover(Consumer<Entry> entries) throws IOException {
    long goodEnd = 0;
    long position = 0;
    boolean bad = false;
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (byte[] line = readLine(in); line.length > 0; line = readLine(in)) {
        position += line.length;
        if (!intact(line)) {
          bad = true;
        } else if (bad) {
          throw new SandboxException(
              "the payment ledger "
                  + file
                  + " is damaged at byte "
                  + goodEnd
                  + ": restore it from a copy or start with a new data directory");
        } else {
          parse(line).forEach(entries);
          goodEnd = position;
        }
      }
    }
    if (bad) {
      LOG.warn(
          "ledger tail cut file={} at_byte={} cut_bytes={}", file, goodEnd, position - goodEnd);
      channel.truncate(goodEnd);
      channel.force(true);
    }
    channel.position(goodEnd);
  }

  private byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream(512);
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
      if (line.size() > MAX_LINE_BYTES) {
        throw new SandboxException("the payment ledger " + file + " has a line without an end");
      }
    }
    return line.toByteArray();
  }

  private static boolean intact(byte[] line) {
    int end = line.length - 1;
    if (line[end] != '\n' || end <= CRC_DIGITS || line[CRC_DIGITS] != ' ') {
      return false;
    }
    var json = Arrays.copyOfRange(line, CRC_DIGITS + 1, end);
    var said = new String(line, 0, CRC_DIGITS, StandardCharsets.US_ASCII);
    return said.equals(checksum(json));
  }

  private List<Entry> parse(byte[] line) throws IOException {
    return MAPPER.readValue(line, CRC_DIGITS + 1, line.length - CRC_DIGITS - 2, BATCH);
  }

  private static String checksum(byte[] json) {
    var crc = new CRC32C();
    crc.update(json);
    return String.format("%08x", crc.getValue());
  }

  /** Bytes on disk. */
  long size() throws IOException {
    return channel.size();
  }

  /**
   * Replaces a ledger by a shorter one that adds up to the same. Whenever it is interrupted, the
   * old one or the new one is there, and whole.
   */
  static void replace(Path dir, Stream<Entry> entries) {
    var file = dir.resolve(NAME);
    var fresh = dir.resolve(NAME + ".new");
    try {
      try (var out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var batch = new ArrayList<Entry>(BATCH_OF_COPY);
        for (var each = entries.iterator(); each.hasNext(); ) {
          batch.add(each.next());
          if (batch.size() == BATCH_OF_COPY || !each.hasNext()) {
            write(out, batch);
            batch.clear();
          }
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(dir);
    } catch (IOException e) {
      throw new SandboxException("cannot shorten the payment ledger " + file + ": " + e, e);
    }
  }

  @Override
  public void append(List<Entry> batch) throws IOException {
    write(channel, batch);
    channel.force(false);
  }

  private static void write(FileChannel channel, List<Entry> batch) throws IOException {
    byte[] json = MAPPER.writerFor(BATCH).writeValueAsBytes(batch);
    var line = ByteBuffer.allocate(CRC_DIGITS + json.length + 2);
    line.put(checksum(json).getBytes(StandardCharsets.US_ASCII));
    line.put((byte) ' ').put(json).put((byte) '\n').flip();
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
