package dev.usher.raft.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of one node, shared by its groups: what several groups append between two calls
 * of {@link #sync} costs one force.
 *
 * <p>Guarantees: when {@link #sync} returns, everything appended before is durable. After a crash,
 * {@link #open} gives a prefix of all that was appended, at least up to the last sync that
 * returned. It does not give anything when something durable is damaged: it refuses, and cuts
 * nothing. Any write or force that fails is final: the log closes itself, and every later call
 * throws.
 *
 * <p>Segments are never deleted: before there are snapshots, every entry from index 1 on is needed
 * at each start.
 *
 * <p>Not safe for several threads at once.
 */
public final class WriteAheadLog implements Closeable {
  private static final String LOCK_FILE = "lock";
  private static final String DIRECTORY_ID_FILE = "directory-id";

  private final Closeable lock;
  private final String directoryId;
  private final SegmentChain chain;
  private final Map<GroupId, Recovered> recovered = new HashMap<>();
  private final Map<GroupId, Long> lastIndexes = new HashMap<>();
  private final PendingRecords pending = new PendingRecords();
  private @Nullable LogFailedException failure;

  private WriteAheadLog(
      Closeable lock, String directoryId, SegmentChain chain, Map<GroupId, GroupImage> groups) {
    this.lock = lock;
    this.directoryId = directoryId;
    this.chain = chain;
    groups.forEach(
        (group, image) -> {
          recovered.put(group, image.recovered());
          lastIndexes.put(group, image.lastIndex());
        });
  }

  /**
   * Opens the log of a directory, which is made when it is missing.
   *
   * @throws DirectoryInUseException when another process works on it
   * @throws CorruptLogException when something that had been durable is damaged
   * @throws DiskFullException when there is no room for the first segment
   */
  public static WriteAheadLog open(Disk disk, Path directory, LogOptions options)
      throws IOException {
    disk.createDirectories(directory);
    Closeable lock = disk.lock(directory.resolve(LOCK_FILE));
    try {
      String directoryId = directoryId(disk, directory.resolve(DIRECTORY_ID_FILE));
      LogRecovery recovery = new LogRecovery(disk, directory, options);
      SegmentChain chain = new SegmentChain(disk, directory, options, recovery.run());
      return new WriteAheadLog(lock, directoryId, chain, recovery.groups());
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String directoryId(Disk disk, Path file) throws IOException {
    Optional<byte[]> existing = disk.read(file);
    if (existing.isPresent()) {
      return new String(existing.get(), US_ASCII).strip();
    }
    String made = UUID.randomUUID().toString();
    disk.writeAtomically(file, (made + "\n").getBytes(US_ASCII));
    return made;
  }

  /**
   * The identity of this directory, made at its first opening: a wiped disk under an old node's
   * name is not the old voter.
   */
  public String directoryId() {
    return directoryId;
  }

  /** The groups that have records. */
  public Set<GroupId> groups() {
    return new TreeSet<>(lastIndexes.keySet());
  }

  /** What was found for a group at opening; given once, so that it is not kept twice in memory. */
  public Recovered takeRecovered(GroupId group) {
    Recovered found = recovered.remove(group);
    return found == null ? Recovered.NOTHING : found;
  }

  /**
   * Takes a group's next change; durable after {@link #sync}.
   *
   * @throws IllegalArgumentException when the entries do not continue the group's log, or one is
   *     larger than a segment
   */
  public void append(GroupId group, Output.Persist persist) throws LogFailedException {
    refuseAfterFailure();
    if (persist.compaction().isPresent()) {
      throw new IllegalArgumentException("group " + group + ": this log keeps no snapshots");
    }
    long last = lastIndexes.getOrDefault(group, 0L);
    if (persist.hardState().isPresent()) {
      pending.add(new LogRecord.Voted(group, persist.hardState().get()));
    }
    if (persist.truncateFrom().isPresent()) {
      long from = persist.truncateFrom().getAsLong();
      if (from < 1 || from > last + 1) {
        throw new IllegalArgumentException(
            "group " + group + ": cannot truncate from " + from + ", the last index is " + last);
      }
      pending.add(new LogRecord.Truncated(group, from));
      last = from - 1;
    }
    for (Entry entry : persist.entries()) {
      append(group, last, entry);
      last = entry.index();
    }
    lastIndexes.put(group, last);
  }

  private void append(GroupId group, long last, Entry entry) {
    if (entry.index() != last + 1) {
      throw new IllegalArgumentException(
          "group " + group + ": index " + entry.index() + " cannot follow index " + last);
    }
    LogRecord record = new LogRecord.Appended(group, entry);
    if (RecordFormat.bytesAtMost(record) > chain.recordBytesMax()) {
      throw new IllegalArgumentException(
          "group "
              + group
              + ": the payload of index "
              + entry.index()
              + " has "
              + entry.payload().size()
              + " bytes, more than a log segment takes");
    }
    pending.add(record);
  }

  /**
   * Makes everything appended so far durable, with one force (more only where a segment ends).
   *
   * @throws LogFailedException names the file; the log is closed and stays so
   */
  public void sync() throws LogFailedException {
    refuseAfterFailure();
    try {
      chain.write(pending);
    } catch (LogFailedException e) {
      throw fail(e);
    } catch (IOException | RuntimeException e) {
      throw fail(
          new LogFailedException(
              "write or force failed: file="
                  + chain.file()
                  + " ("
                  + e.getMessage()
                  + "): check the disk, then start the node again",
              e));
    }
  }

  private LogFailedException fail(LogFailedException cause) {
    failure = cause;
    closeQuietly();
    return cause;
  }

  private void refuseAfterFailure() throws LogFailedException {
    if (failure != null) {
      throw new LogFailedException("the log failed before: " + failure.getMessage(), failure);
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      if (failure != null) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Closes the files and lets go of the directory; what was not synced is lost. */
  @Override
  public void close() throws IOException {
    if (failure == null) {
      failure = new LogFailedException("closed", null);
    }
    try {
      chain.close();
    } finally {
      lock.close();
    }
  }
}
