package dev.usher.sim;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The replicated state: one register for each seat, and the last request of each client, so that
 * one that is repeated takes effect once (thesis §6.3). A chain over all that was applied tells two
 * histories apart.
 */
final class SimMachine {
  static final int SEATS = 4;
  static final int CLIENTS = 8;

  /** The answer to a request that is older than the client's last. */
  static final long STALE = -1;

  /** A client's swap: {@code value} into {@code seat}, answered by what was there. */
  record Swap(long attempt, int client, long sequence, int seat, long value) {
    Bytes encode() {
      return Bytes.wrap(
          ByteBuffer.allocate(40)
              .putLong(attempt)
              .putLong(client)
              .putLong(sequence)
              .putLong(seat)
              .putLong(value)
              .array());
    }

    static Swap decode(Entry entry) {
      ByteBuffer in = ByteBuffer.wrap(entry.payload().unsafeArray());
      return new Swap(
          in.getLong(), (int) in.getLong(), in.getLong(), (int) in.getLong(), in.getLong());
    }
  }

  long index;
  long chain = 1;
  final long[] seats = new long[SEATS];
  private final long[] sequences = new long[CLIENTS];
  private final long[] results = new long[CLIENTS];

  /** Gives what a command answers. */
  long apply(Entry entry, boolean knowsRepeats) {
    index = entry.index();
    chain = (chain ^ (entry.term() * 31 + entry.index())) * 0x9E3779B97F4A7C15L;
    if (entry.kind() != Entry.Kind.COMMAND) {
      return 0;
    }
    Swap swap = Swap.decode(entry);
    int client = swap.client();
    if (knowsRepeats && swap.sequence() <= sequences[client]) {
      return swap.sequence() == sequences[client] ? results[client] : STALE;
    }
    long before = seats[swap.seat()];
    seats[swap.seat()] = swap.value();
    sequences[client] = swap.sequence();
    results[client] = before;
    chain = (chain ^ swap.attempt()) * 0xBF58476D1CE4E5B9L;
    return before;
  }

  /** A file of some thousand bytes at most, the same for the same state. */
  byte[] encode() {
    int padding = (int) (Math.floorMod(chain, 3000L));
    ByteBuffer out = ByteBuffer.allocate(16 + 8 * (SEATS + 2 * CLIENTS) + padding);
    out.putLong(index).putLong(chain);
    for (long[] part : new long[][] {seats, sequences, results}) {
      for (long value : part) {
        out.putLong(value);
      }
    }
    while (out.hasRemaining()) {
      out.put((byte) (out.position() * 31L + index));
    }
    return out.array();
  }

  /**
   * @param knowsRepeats false for a mutant that forgets who asked for what
   */
  static SimMachine decode(byte[] file, boolean knowsRepeats) {
    ByteBuffer in = ByteBuffer.wrap(file);
    SimMachine machine = new SimMachine();
    machine.index = in.getLong();
    machine.chain = in.getLong();
    for (long[] part : new long[][] {machine.seats, machine.sequences, machine.results}) {
      for (int i = 0; i < part.length; i++) {
        part[i] = in.getLong();
      }
    }
    if (!knowsRepeats) {
      Arrays.fill(machine.sequences, 0);
    }
    return machine;
  }

  static int checksum(byte[] file) {
    CRC32C crc = new CRC32C();
    crc.update(file);
    return (int) crc.getValue();
  }
}
