package dev.usher.raft.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of one node, shared by its groups: what several groups append between two calls
 * of {@link #sync} costs one force.
 *
 * <p>Guarantees: when {@link #sync} returns, everything appended before is durable. After a crash,
 * {@link #open} gives a prefix of all that was appended, at least up to the last sync that
 * returned. Where something durable is damaged it gives what is certain, says how far the group had
 * reached, and cuts nothing; terms and votes it gives in any case, from their second copy. Any
 * write or force that fails is final: the log closes itself, and every later call throws.
 *
 * <p>Segments go when every group has a snapshot that covers its entries in them; terms, votes and
 * the groups' beginnings are written into the live one before.
 *
 * <p>Not safe for several threads at once.
 */
public final class WriteAheadLog implements Closeable {
  private static final String LOCK_FILE = "lock";
  private static final String DIRECTORY_ID_FILE = "directory-id";

  private final Closeable lock;
  private final DirectoryId directoryId;
  private final SegmentChain chain;
  private final VoteFile votes;
  private final boolean hasHoles;
  private final Map<GroupId, Recovered> recovered = new HashMap<>();
  private final Map<GroupId, GroupLog> groups = new TreeMap<>();
  private final PendingRecords pending = new PendingRecords();
  private boolean votesChanged;
  private boolean compacted;
  private @Nullable LogFailedException failure;

  private WriteAheadLog(
      Closeable lock,
      DirectoryId directoryId,
      SegmentChain chain,
      VoteFile votes,
      LogRecovery recovery) {
    this.lock = lock;
    this.directoryId = directoryId;
    this.chain = chain;
    this.votes = votes;
    this.hasHoles = recovery.hasHoles();
    recovery.groups().forEach((group, image) -> recovered.put(group, image.recovered()));
    recovered.forEach((group, found) -> groups.put(group, new GroupLog(group, found)));
  }

  /**
   * Opens the log of a directory, which is made when it is missing.
   *
   * @throws DirectoryInUseException when another process works on it
   * @throws CorruptLogException when a vote may be lost, or the records contradict each other
   * @throws UnsupportedFormatException when a newer program wrote it
   * @throws DiskFullException when there is no room for the first segment
   */
  public static WriteAheadLog open(Disk disk, Path directory, LogOptions options)
      throws IOException {
    disk.createDirectories(directory);
    Closeable lock = disk.lock(directory.resolve(LOCK_FILE));
    try {
      DirectoryId directoryId =
          directoryId(disk, directory.resolve(DIRECTORY_ID_FILE), options.joins());
      LogRecovery recovery = new LogRecovery(disk, directory, options);
      Segment live = recovery.run();
      VoteFile votes = openVotes(disk, directory, options);
      recovery.addVotes(votes);
      SegmentChain chain = new SegmentChain(disk, directory, options, recovery, live);
      return new WriteAheadLog(lock, directoryId, chain, votes, recovery);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static VoteFile openVotes(Disk disk, Path directory, LogOptions options)
      throws IOException {
    try {
      return VoteFile.open(disk, directory);
    } catch (CorruptLogException | UnsupportedFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new DiskFullException(directory, options.segmentBytes(), e);
    }
  }

  private static DirectoryId directoryId(Disk disk, Path file, boolean joins) throws IOException {
    Optional<byte[]> existing = disk.read(file);
    if (existing.isPresent()) {
      return new DirectoryId(new String(existing.get(), US_ASCII).strip());
    }
    String unique = UUID.randomUUID().toString();
    DirectoryId made = joins ? DirectoryId.joiner(unique) : DirectoryId.founder(unique);
    disk.writeAtomically(file, (made + "\n").getBytes(US_ASCII));
    return made;
  }

  /**
   * The identity of this directory, made at its first opening: a wiped disk under an old node's
   * name is not the old voter.
   */
  public DirectoryId directoryId() {
    return directoryId;
  }

  /** The groups that have records. */
  public Set<GroupId> groups() {
    return new TreeSet<>(groups.keySet());
  }

  /** What was found for a group at opening; given once, so that it is not kept twice in memory. */
  public Recovered takeRecovered(GroupId group) {
    logOf(group);
    Recovered found = recovered.remove(group);
    return found == null ? nothingOf() : found;
  }

  /** The snapshot that {@link #takeRecovered} named cannot be read: what is left without it. */
  public Recovered snapshotLost(GroupId group) {
    return logOf(group).snapshotLost();
  }

  /** A group without records is new, unless what is damaged may have been its. */
  private Recovered nothingOf() {
    return hasHoles
        ? new Recovered(
            HardState.INITIAL, Optional.empty(), List.of(), OptionalLong.of(Long.MAX_VALUE))
        : Recovered.NOTHING;
  }

  private GroupLog logOf(GroupId group) {
    return groups.computeIfAbsent(group, id -> new GroupLog(id, nothingOf()));
  }

  /**
   * Takes a group's next change; durable after {@link #sync}.
   *
   * @throws IllegalArgumentException when it does not continue the group's log, or an entry is
   *     larger than a segment
   */
  public void append(GroupId group, Output.Persist persist) throws LogFailedException {
    refuseAfterFailure();
    logOf(group).write(persist, pending, chain.recordBytesMax());
    votesChanged |= persist.hardState().isPresent();
    compacted |= persist.compaction().isPresent();
  }

  /** What was damaged has come back; durable after {@link #sync}. */
  public void healed(GroupId group) throws LogFailedException {
    refuseAfterFailure();
    logOf(group).healed(pending);
  }

  /**
   * Makes everything appended so far durable, with one force: more only where a segment ends, a
   * term or vote changed, or old segments go.
   *
   * @throws LogFailedException names the file; the log is closed and stays so
   */
  public void sync() throws LogFailedException {
    refuseAfterFailure();
    Path file = chain.file();
    try {
      chain.write(pending);
      if (votesChanged) {
        file = votes.file();
        votes.write(hardStates());
        votesChanged = false;
      }
      if (compacted) {
        file = chain.file();
        dropOldSegments();
        compacted = false;
      }
    } catch (LogFailedException e) {
      throw fail(e);
    } catch (IOException | RuntimeException e) {
      throw fail(
          new LogFailedException(
              "write or force failed: file="
                  + file
                  + " ("
                  + e.getMessage()
                  + "): check the disk, then start the node again",
              e));
    }
  }

  private Map<GroupId, HardState> hardStates() {
    Map<GroupId, HardState> states = new TreeMap<>();
    groups.forEach((group, state) -> states.put(group, state.hardState()));
    return states;
  }

  private void dropOldSegments() throws IOException {
    int count = chain.droppable(this::baseIndex);
    if (count > 0) {
      groups.values().forEach(group -> group.carryForward(pending));
      chain.write(pending);
      chain.drop(count);
    }
  }

  private long baseIndex(GroupId group) {
    return logOf(group).baseIndex();
  }

  /** The file that is being written, for those who wait for it in vain. */
  public Path file() {
    return chain.file();
  }

  /**
   * The groups whose lack of a snapshot keeps more than {@code segmentsMax} old segments on disk.
   */
  public Set<GroupId> holdingUp(int segmentsMax) {
    return chain.holdingUp(segmentsMax, this::baseIndex);
  }

  /**
   * True while there is no room for another segment and what is left is needed for terms, votes and
   * what is under way already: no new entries should come.
   */
  public boolean isLowOnSpace() {
    return chain.isLowOnSpace();
  }

  /** Tries again to make room for the next segment, in the background. */
  public void retrySpace() {
    chain.retrySpare();
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
    try (VoteFile closing = votes) {
      chain.close();
    } finally {
      lock.close();
    }
  }
}
