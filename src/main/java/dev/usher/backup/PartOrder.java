package dev.usher.backup;

import com.google.protobuf.ByteString;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.SnapshotChunk;
import dev.usher.api.cluster.v1.SnapshotEnd;
import dev.usher.api.cluster.v1.SnapshotHeader;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * That the parts of a snapshot follow one another as they must, with the checksums that they say.
 */
final class PartOrder {
  private @Nullable SnapshotHeader open;
  private CRC32C whole = new CRC32C();
  private long bytes;

  /** What is wrong with the next part; empty when it is right. */
  Optional<String> next(ExportSnapshotResponse part) {
    return switch (part.getPartCase()) {
      case HEADER -> header(part.getHeader());
      case CHUNK -> chunk(part.getChunk());
      case END -> end(part.getEnd());
      case PART_NOT_SET -> Optional.of("a part that this program does not know");
    };
  }

  /** No snapshot is begun and not ended. */
  boolean isWhole() {
    return open == null;
  }

  private Optional<String> header(SnapshotHeader header) {
    if (open != null) {
      return Optional.of("a snapshot begins within " + open.getGroup());
    }
    if (header.getFormatVersion() != BackupFormat.MESSAGES_VERSION) {
      return Optional.of(
          "the snapshot has format version "
              + header.getFormatVersion()
              + ", this program reads "
              + BackupFormat.MESSAGES_VERSION
              + ": use the version of the program that saved it, or a newer one");
    }
    open = header;
    whole = new CRC32C();
    bytes = 0;
    return Optional.empty();
  }

  private Optional<String> chunk(SnapshotChunk chunk) {
    if (open == null) {
      return Optional.of("content without a header");
    }
    if (chunk.getOffset() != bytes) {
      return Optional.of("content of " + chunk.getOffset() + " where " + bytes + " should follow");
    }
    if (chunk.getChecksum() != checksum(chunk.getData())) {
      return Optional.of("content at " + bytes + " is not as it was given out");
    }
    whole.update(chunk.getData().asReadOnlyByteBuffer());
    bytes += chunk.getData().size();
    return Optional.empty();
  }

  private Optional<String> end(SnapshotEnd end) {
    if (open == null) {
      return Optional.of("an end without a header");
    }
    if (end.getBytes() != bytes || end.getChecksum() != (int) whole.getValue()) {
      return Optional.of("the content of " + open.getGroup() + " is not whole");
    }
    open = null;
    return Optional.empty();
  }

  private static int checksum(ByteString data) {
    CRC32C crc = new CRC32C();
    crc.update(data.asReadOnlyByteBuffer());
    return (int) crc.getValue();
  }
}
