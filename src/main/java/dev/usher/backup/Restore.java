package dev.usher.backup;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.log.FileDisk;
import dev.usher.raft.log.LogOptions;
import dev.usher.raft.log.SnapshotStore;
import dev.usher.raft.log.SnapshotWriter;
import dev.usher.raft.log.WriteAheadLog;
import dev.usher.replica.GroupSpec;
import dev.usher.replica.SnapshotContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes the data directory of a node of a new cluster from saved snapshots. Every node of that
 * cluster is made so, of the same files, before any is started: then all logs begin with the same
 * entry, and whoever is elected has what was saved. (A cluster of one restored node and others that
 * begin empty could elect an empty one.) The directory is there whole, or not at all.
 */
public final class Restore {
  private static final String LOG = "log";
  private static final int BUFFER_BYTES = 1 << 18;

  private final NewCluster cluster;

  private Restore(NewCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What a group begins with.
   *
   * @param digest SHA-256 of the state at that index, in hexadecimal: equal on all nodes
   */
  public record Restored(String group, long index, String digest) {}

  /**
   * Makes the directory.
   *
   * @param directory missing or empty
   * @param keepName whether the new cluster may have the old one's name, because no node of that
   *     exists any more
   * @throws RestoreException when it must not be; nothing was made
   * @throws DamagedBackupException when a file is damaged; nothing was made
   */
  public static List<Restored> into(
      Path directory, NewCluster cluster, List<Path> files, boolean keepName)
      throws IOException, RestoreException {
    return new Restore(cluster).into(directory, files, keepName);
  }

  private List<Restored> into(Path directory, List<Path> files, boolean keepName)
      throws IOException, RestoreException {
    mustBeEmpty(directory);
    SortedMap<GroupId, SavedGroup> saved = saved(files);
    if (!keepName) {
      mustBeRenamed(saved);
    }
    List<Restored> restored = new ArrayList<>();
    for (GroupSpec<?> spec : Groups.of(cluster.seatGroups())) {
      SavedGroup group = saved.get(spec.id());
      if (group == null) {
        throw new RestoreException(
            "group " + spec.id() + " is in none of the files: name the file that has it");
      }
      restored.add(tried(spec, group));
    }
    if (saved.size() > restored.size()) {
      throw new RestoreException(
          "the files have groups "
              + saved.keySet()
              + ", the new cluster fewer: set usher.groups.seats as the old one had it");
    }
    build(directory, saved);
    return restored;
  }

  private static void mustBeEmpty(Path directory) throws IOException, RestoreException {
    if (Files.exists(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        if (entries.findAny().isPresent()) {
          throw new RestoreException(
              directory + " is not empty: name a new directory, or move this one away");
        }
      }
    }
  }

  private static SortedMap<GroupId, SavedGroup> saved(List<Path> files)
      throws IOException, RestoreException {
    SortedMap<GroupId, SavedGroup> saved = new TreeMap<>();
    for (Path file : files) {
      for (SavedGroup group : SavedGroup.of(file)) {
        SavedGroup other = saved.putIfAbsent(group.group(), group);
        if (other != null) {
          throw new RestoreException(
              "group " + group.group() + " is in " + other.file() + " and again in " + file);
        }
      }
    }
    List<String> clusters = saved.values().stream().map(SavedGroup::cluster).distinct().toList();
    if (clusters.size() > 1) {
      throw new RestoreException("the files are of different clusters: " + clusters);
    }
    return saved;
  }

  /** A node of the old cluster that comes back must find strangers. */
  private void mustBeRenamed(SortedMap<GroupId, SavedGroup> saved) throws RestoreException {
    if (saved.values().stream().anyMatch(group -> group.cluster().equals(cluster.name()))) {
      throw new RestoreException(
          "the old cluster is called "
              + cluster.name()
              + ", too: set usher.cluster.name to a new one in every node's file, so that no node"
              + " of the old cluster can speak to the new one, or say that none exists any more"
              + " (--keep-cluster-name)");
    }
  }

  /** A node could begin with it: it was made a state of, once, in memory. */
  private static Restored tried(GroupSpec<?> spec, SavedGroup saved)
      throws IOException, RestoreException {
    try (InputStream content = saved.content()) {
      Bytes digest = SnapshotContent.digest(spec, content);
      return new Restored(
          spec.id().value(),
          saved.header().getIndex(),
          HexFormat.of().formatHex(digest.unsafeArray()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new RestoreException(
          saved.file()
              + ": group "
              + spec.id()
              + " is nothing that this program can begin with ("
              + e.getMessage()
              + "): use the version of the program that saved it, or a newer one");
    }
  }

  private void build(Path directory, SortedMap<GroupId, SavedGroup> saved) throws IOException {
    FileDisk disk = new FileDisk();
    Path unfinished =
        directory.resolveSibling(directory.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      Path logDirectory = unfinished.resolve(LOG);
      disk.createDirectories(logDirectory);
      LogOptions options = new LogOptions(cluster.segmentBytes(), Runnable::run);
      try (WriteAheadLog log = WriteAheadLog.open(disk, logDirectory, options)) {
        SnapshotStore snapshots = SnapshotStore.open(disk, logDirectory);
        for (Map.Entry<GroupId, SavedGroup> group : saved.entrySet()) {
          begin(log, group.getKey(), copy(group.getValue(), snapshots));
        }
        log.sync();
      }
      // An empty directory of that name gives way; anything else does not.
      disk.rename(unfinished, directory);
    } catch (IOException | RuntimeException e) {
      remove(unfinished);
      throw e;
    }
  }

  /** The group's log begins right after its snapshot, in the term of it, with no vote given. */
  private static void begin(WriteAheadLog log, GroupId group, SnapshotMeta snapshot)
      throws IOException {
    log.append(
        group,
        new Output.Persist(
            1,
            Optional.of(new HardState(snapshot.lastTerm(), Optional.empty())),
            OptionalLong.empty(),
            Optional.of(new Output.Compaction(snapshot)),
            List.of()));
  }

  private SnapshotMeta copy(SavedGroup saved, SnapshotStore snapshots) throws IOException {
    var header = saved.header();
    long timeMs =
        header.getLogTime().getSeconds() * 1000 + header.getLogTime().getNanos() / 1_000_000;
    SnapshotMeta begun =
        new SnapshotMeta(
            saved.group(),
            header.getIndex(),
            header.getTerm(),
            timeMs,
            Configuration.of(cluster.members()),
            0,
            0);
    try (SnapshotWriter writer = snapshots.write(begun);
        InputStream content = saved.content()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int bytes = content.read(buffer); bytes >= 0; bytes = content.read(buffer)) {
        writer.write(ByteBuffer.wrap(buffer, 0, bytes));
      }
      SnapshotMeta written = writer.finish();
      if (written.bytes() != saved.bytes() || written.checksum() != saved.checksum()) {
        throw new IOException(saved.file() + " was changed while it was read");
      }
      return written;
    }
  }

  private static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what was begun can't be removed: " + directory, e);
    }
  }
}
