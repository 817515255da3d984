package dev.usher.cli.bench.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What this machine needs at least, by its disk and its loopback: no engine can be faster than that
 * with one command in flight.
 *
 * @param forceP50Nanos median of appending 4 KiB to a preallocated file and forcing it
 * @param forceP99Nanos the 99th percentile of that
 * @param roundTripP50Nanos median of one byte there and back over a loopback TCP connection
 * @param haltPollNanos how long an idle processor of this virtual machine stays awake at most
 *     (Linux, {@code guest_halt_poll_ns}); empty where there is no such setting
 */
record Floor(
    long forceP50Nanos, long forceP99Nanos, long roundTripP50Nanos, OptionalLong haltPollNanos) {
  private static final Path HALT_POLL =
      Path.of("/sys/module/haltpoll/parameters/guest_halt_poll_ns");
  private static final int FORCES = 2_000;
  private static final int ROUND_TRIPS = 20_000;
  private static final int BLOCK_BYTES = 4096;

  /** Measures for a second or two, in a file of the given directory. */
  static Floor measure(Path directory) throws IOException {
    long[] forces = forces(directory);
    long[] trips = roundTrips();
    return new Floor(at(forces, 0.50), at(forces, 0.99), at(trips, 0.50), haltPoll());
  }

  private static OptionalLong haltPoll() throws IOException {
    return Files.isReadable(HALT_POLL)
        ? OptionalLong.of(Long.parseLong(Files.readString(HALT_POLL).strip()))
        : OptionalLong.empty();
  }

  private static long at(long[] sorted, double share) {
    return sorted[(int) (sorted.length * share)];
  }

  private static long[] forces(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, "floor", ".dat");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var block = ByteBuffer.allocateDirect(BLOCK_BYTES);
      for (int i = 0; i < FORCES; i++) {
        channel.write(block.clear());
      }
      channel.force(true);
      var nanos = new long[FORCES];
      for (int i = 0; i < FORCES; i++) {
        block.clear().putInt(0, i + 1);
        long before = System.nanoTime();
        channel.write(block, (long) i * BLOCK_BYTES);
        channel.force(false);
        nanos[i] = System.nanoTime() - before;
      }
      Arrays.sort(nanos);
      return nanos;
    } finally {
      Files.delete(file);
    }
  }

  private static long[] roundTrips() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var other = server.accept()) {
      client.setTcpNoDelay(true);
      other.setTcpNoDelay(true);
      Thread.ofPlatform().daemon().start(() -> echo(other));
      var nanos = new long[ROUND_TRIPS];
      for (int i = 0; i < ROUND_TRIPS; i++) {
        long before = System.nanoTime();
        client.getOutputStream().write(1);
        client.getInputStream().read();
        nanos[i] = System.nanoTime() - before;
      }
      Arrays.sort(nanos);
      return nanos;
    }
  }

  private static void echo(Socket socket) {
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        socket.getOutputStream().write(b);
      }
    } catch (IOException measured) {
      // The measuring end closed the connection: it has what it wanted.
    }
  }
}
