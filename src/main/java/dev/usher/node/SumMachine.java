package dev.usher.node;

import dev.usher.raft.Bytes;
import dev.usher.replica.StateMachine;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The least that a log can mean: how many commands there were, and what their checksums come to in
 * their order.
 */
final class SumMachine implements StateMachine<Long> {
  private final CRC32C checksum = new CRC32C();
  private long sum;
  private long commands;

  @Override
  public Bytes apply(long index, long timeMs, Bytes command) {
    commands++;
    checksum.reset();
    checksum.update(command.asByteBuffer());
    sum = 31 * sum + checksum.getValue();
    return Bytes.EMPTY;
  }

  @Override
  public void advance(long index, long timeMs) {}

  @Override
  public OptionalLong nextDeadlineMs() {
    return OptionalLong.empty();
  }

  @Override
  public Iterator<Bytes> snapshot() {
    return List.of(digest()).iterator();
  }

  @Override
  public void restore(Iterator<Bytes> pieces) {
    var state = pieces.next().asByteBuffer();
    commands = state.getLong();
    sum = state.getLong();
  }

  @Override
  public Bytes digest() {
    return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES).putLong(commands).putLong(sum).array());
  }

  @Override
  public Long view() {
    return commands;
  }
}
