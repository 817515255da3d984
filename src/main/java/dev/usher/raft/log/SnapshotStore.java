package dev.usher.raft.log;

import dev.usher.raft.GroupId;
import dev.usher.raft.SnapshotMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a node's groups, as files of one directory. Safe for any thread, as far as the
 * groups differ.
 */
public final class SnapshotStore {
  /**
   * The name of a stored snapshot; whether the file is good is found when it is read.
   *
   * @param index of the last entry that it stands for
   * @param term of that entry
   */
  public record Name(GroupId group, long index, long term) {
    private static final Pattern FORM =
        Pattern.compile("snapshot-([a-z][a-z0-9-]{0,62})-(\\d{19})-(\\d{19})" + SUFFIX);

    static Optional<Name> of(String fileName) {
      Matcher matcher = FORM.matcher(fileName);
      return matcher.matches()
          ? Optional.of(
              new Name(
                  new GroupId(matcher.group(1)),
                  Long.parseLong(matcher.group(2)),
                  Long.parseLong(matcher.group(3))))
          : Optional.empty();
    }

    public static Name of(SnapshotMeta meta) {
      return new Name(meta.group(), meta.lastIndex(), meta.lastTerm());
    }

    String fileName() {
      return String.format("snapshot-%s-%019d-%019d%s", group, index, term, SUFFIX);
    }
  }

  /** The newest, and the one before it while somebody may still read it. */
  public static final int KEPT_MAX = 2;

  static final String SUFFIX = ".snap";

  private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);

  private final Disk disk;
  private final Path directory;

  private SnapshotStore(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Opens a directory's snapshots and removes what a crash left half written. */
  public static SnapshotStore open(Disk disk, Path directory) throws IOException {
    disk.createDirectories(directory);
    for (String file : disk.list(directory)) {
      if (SnapshotWriter.isUnfinished(file)) {
        log.warn("half-written snapshot removed: file={}", directory.resolve(file));
        disk.delete(directory.resolve(file));
      }
    }
    return new SnapshotStore(disk, directory);
  }

  /** A group's snapshots, the newest first. */
  public List<Name> list(GroupId group) throws IOException {
    return disk.list(directory).stream()
        .flatMap(file -> Name.of(file).stream())
        .filter(name -> name.group().equals(group))
        .sorted(Comparator.comparingLong(Name::index).thenComparingLong(Name::term).reversed())
        .toList();
  }

  /**
   * Begins a snapshot; one of the same index and term is replaced when it is finished.
   *
   * @param meta the length and checksum of its content need not be known yet
   */
  public SnapshotWriter write(SnapshotMeta meta) throws IOException {
    return new SnapshotWriter(disk, file(Name.of(meta)), meta);
  }

  /**
   * Opens a snapshot.
   *
   * @throws CorruptSnapshotException when it is damaged; later reads may find more
   * @throws UnsupportedFormatException when a newer program wrote it
   */
  public SnapshotReader read(Name name) throws IOException {
    return SnapshotReader.open(disk, file(name), name.group());
  }

  /** Removes one; nothing happens when it is not there. */
  public void remove(Name name) throws IOException {
    disk.delete(file(name));
  }

  /** Removes all but the {@link #KEPT_MAX} newest. */
  public void removeOld(GroupId group) throws IOException {
    List<Name> newestFirst = list(group);
    for (Name old :
        newestFirst.subList(Math.min(KEPT_MAX, newestFirst.size()), newestFirst.size())) {
      disk.delete(file(old));
    }
  }

  public Path file(Name name) {
    return directory.resolve(name.fileName());
  }
}
