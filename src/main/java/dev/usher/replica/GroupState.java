package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.StatePoint;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The whole state of a group at one index, to be kept elsewhere. Can be read once, by one thread.
 *
 * @param timeMs log time at that index, milliseconds since 1970
 * @param pieces made as they are taken; see {@code snapshot.proto}
 */
public record GroupState(GroupId group, StatePoint point, long timeMs, Iterator<Bytes> pieces) {
  /**
   * The content of a snapshot, as its file has it, in portions.
   *
   * @param bytesMax of one; only the last has fewer
   */
  public Iterator<Bytes> content(int bytesMax) {
    return new Iterator<>() {
      private ByteBuffer piece = ByteBuffer.allocate(0);

      @Override
      public boolean hasNext() {
        return piece.hasRemaining() || pieces.hasNext();
      }

      @Override
      public Bytes next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ByteBuffer portion = ByteBuffer.allocate(bytesMax);
        while (portion.hasRemaining() && hasNext()) {
          if (!piece.hasRemaining()) {
            piece = SnapshotPieces.framed(pieces.next());
          }
          int bytes = Math.min(portion.remaining(), piece.remaining());
          portion.put(piece.slice(piece.position(), bytes));
          piece.position(piece.position() + bytes);
        }
        byte[] content = new byte[portion.flip().remaining()];
        portion.get(content);
        return Bytes.wrap(content);
      }
    };
  }
}
