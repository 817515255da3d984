package dev.usher.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.raft.Bytes;
import dev.usher.replica.proto.RequestAnswer;
import dev.usher.replica.proto.SnapshotHeader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The content of a group's snapshot: pieces behind their lengths, see {@code snapshot.proto}. */
final class SnapshotPieces {
  static final int FORMAT_VERSION = 1;

  private SnapshotPieces() {}

  /** The host's pieces, then the state machine's; made one by one as they are taken. */
  static Iterator<Bytes> encode(
      long appliedIndex,
      long timeMs,
      List<Map.Entry<String, RequestTable.Answer>> requests,
      Iterator<Bytes> machine) {
    SnapshotHeader header =
        SnapshotHeader.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setAppliedIndex(appliedIndex)
            .setTimeMillis(timeMs)
            .setRequestCount(requests.size())
            .build();
    Iterator<Bytes> first = List.of(Bytes.wrap(header.toByteArray())).iterator();
    Iterator<Map.Entry<String, RequestTable.Answer>> answers = requests.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || answers.hasNext() || machine.hasNext();
      }

      @Override
      public Bytes next() {
        if (first.hasNext()) {
          return first.next();
        }
        return answers.hasNext() ? encode(answers.next()) : machine.next();
      }
    };
  }

  private static Bytes encode(Map.Entry<String, RequestTable.Answer> request) {
    RequestTable.Answer answer = request.getValue();
    return Bytes.wrap(
        RequestAnswer.newBuilder()
            .setRequestKey(request.getKey())
            .setFingerprint(EnvelopeCodec.view(answer.fingerprint()))
            .setRevision(answer.revision())
            .setResult(EnvelopeCodec.view(answer.result()))
            .setTimeMillis(answer.timeMs())
            .build()
            .toByteArray());
  }

  /** Takes the first piece. */
  static SnapshotHeader header(Iterator<Bytes> pieces) {
    try {
      SnapshotHeader header =
          Newer.refused("a snapshot", SnapshotHeader.parseFrom(take(pieces).unsafeArray()));
      if (header.getFormatVersion() != FORMAT_VERSION) {
        throw new IllegalArgumentException(
            "snapshot content of format version "
                + header.getFormatVersion()
                + ", this program reads "
                + FORMAT_VERSION);
      }
      return header;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a snapshot without its header", e);
    }
  }

  /** Takes the next piece as an answer into the table. */
  static void answer(Iterator<Bytes> pieces, RequestTable target) {
    try {
      RequestAnswer answer =
          Newer.refused("a snapshot", RequestAnswer.parseFrom(take(pieces).unsafeArray()));
      target.put(
          answer.getRequestKey(),
          new RequestTable.Answer(
              EnvelopeCodec.bytes(answer.getFingerprint()),
              answer.getRevision(),
              EnvelopeCodec.bytes(answer.getResult()),
              answer.getTimeMillis()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a snapshot without its answers", e);
    }
  }

  private static Bytes take(Iterator<Bytes> pieces) {
    if (!pieces.hasNext()) {
      throw new IllegalArgumentException("the snapshot ends too soon");
    }
    return pieces.next();
  }

  /** A piece behind its length. */
  static ByteBuffer framed(Bytes piece) {
    return ByteBuffer.allocate(Integer.BYTES + piece.size())
        .putInt(piece.size())
        .put(piece.unsafeArray())
        .flip();
  }

  /**
   * The pieces of a stream, read as they are taken. Throws UncheckedIOException when the stream
   * fails, IllegalArgumentException when its lengths are not such.
   */
  static Iterator<Bytes> read(InputStream content) {
    DataInputStream input = new DataInputStream(content);
    return new Iterator<>() {
      private @Nullable Bytes next = readNext(input);

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Bytes next() {
        Bytes piece = next;
        if (piece == null) {
          throw new NoSuchElementException();
        }
        next = readNext(input);
        return piece;
      }
    };
  }

  private static @Nullable Bytes readNext(DataInputStream input) {
    try {
      int first = input.read();
      if (first < 0) {
        return null;
      }
      int length = first << 24 | input.readUnsignedByte() << 16 | input.readUnsignedShort();
      if (length < 0 || length > StateMachine.PIECE_BYTES_MAX) {
        throw new IllegalArgumentException("a snapshot piece of " + length + " bytes");
      }
      byte[] piece = input.readNBytes(length);
      if (piece.length < length) {
        throw new EOFException("a piece of " + length + " bytes ends after " + piece.length);
      }
      return Bytes.wrap(piece);
    } catch (EOFException e) {
      throw new IllegalArgumentException("the snapshot ends within a piece", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
