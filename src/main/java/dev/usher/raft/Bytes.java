package dev.usher.raft;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes with value equality. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** A copy of the given bytes. */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone());
  }

  /** Takes the array over without copying; the caller must never change it afterwards. */
  public static Bytes wrap(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned);
  }

  public int size() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  public byte[] toArray() {
    return array.clone();
  }

  /**
   * The bytes themselves, for reading only: saves a copy where an API takes nothing but an array.
   */
  public byte[] unsafeArray() {
    return array;
  }

  /** A read-only view. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length <= 16
        ? HexFormat.of().formatHex(array)
        : HexFormat.of().formatHex(array, 0, 16) + "… (" + array.length + " bytes)";
  }
}
