package dev.usher.replica;

import com.google.protobuf.MessageLite;
import dev.usher.raft.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over a state machine's values, written one after the other, each with its length: equal
 * on every replica that applied the same entries.
 */
public final class StateDigest {
  private final MessageDigest sha256;

  public StateDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public StateDigest add(long value) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    return this;
  }

  public StateDigest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  public StateDigest add(Bytes bytes) {
    return add(bytes.unsafeArray());
  }

  /** The message must hold no map field: their order on the wire is not fixed. */
  public StateDigest add(MessageLite message) {
    return add(message.toByteArray());
  }

  private StateDigest add(byte[] bytes) {
    add(bytes.length);
    sha256.update(bytes);
    return this;
  }

  public Bytes finish() {
    return Bytes.wrap(sha256.digest());
  }
}
