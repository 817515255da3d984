package dev.usher.node;

import dev.usher.raft.Bytes;
import dev.usher.replica.StateMachine;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** The least that a log can mean: how many commands there were, and a checksum over all of them. */
final class SumMachine implements StateMachine<Long> {
  private final CRC32C sum = new CRC32C();
  private long commands;

  @Override
  public Bytes apply(long index, long timeMs, Bytes command) {
    commands++;
    sum.update(command.asByteBuffer());
    return Bytes.EMPTY;
  }

  @Override
  public void advance(long index, long timeMs) {}

  @Override
  public OptionalLong nextDeadlineMs() {
    return OptionalLong.empty();
  }

  @Override
  public Long view() {
    return commands;
  }
}
