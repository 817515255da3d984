package dev.usher.raft;

/**
 * What is known of a snapshot beside its bytes (§7). Its file is the shell's: the engine moves it
 * from node to node in chunks and never has it whole.
 *
 * @param lastIndex the last entry that is in it
 * @param lastTerm that entry's term
 * @param lastTimeMs that entry's log time
 * @param configuration the latest one up to {@code lastIndex}
 * @param bytes length of the file
 * @param checksum CRC32C of the whole file
 */
public record SnapshotMeta(
    GroupId group,
    long lastIndex,
    long lastTerm,
    long lastTimeMs,
    Configuration configuration,
    long bytes,
    int checksum) {
  public SnapshotMeta {
    if (lastIndex < 1 || lastTerm < 1 || bytes < 0) {
      throw new IllegalArgumentException(
          "no snapshot: index " + lastIndex + ", term " + lastTerm + ", bytes " + bytes);
    }
  }
}
