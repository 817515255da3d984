package dev.usher.cli.bench.engine;

import dev.usher.cli.client.NodeAddress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * One connection to a node's command port that keeps a fixed number of commands in flight: whenever
 * one is answered, the next is sent. One thread does it all, so that the client costs little.
 */
final class CommandStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ANSWER_BYTES = Long.BYTES + 1;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final boolean leads;

  private CommandStream(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
    leads = in.readBoolean();
  }

  static CommandStream open(NodeAddress node) throws IOException {
    return new CommandStream(new Socket(node.host(), node.port()));
  }

  /** Whether the node led its group when the connection was made. */
  boolean leads() {
    return leads;
  }

  /**
   * Sends commands while {@code goesOn} says so and waits for all answers.
   *
   * @param goesOn asked after every answer
   * @param answered gets the nanoseconds that each command took, in the order of the answers
   * @throws IOException also when a command was not done
   */
  void run(int inFlight, byte[] command, BooleanSupplier goesOn, LongConsumer answered)
      throws IOException {
    var sentAt = new long[inFlight];
    for (int slot = 0; slot < inFlight; slot++) {
      send(slot, command, sentAt);
    }
    int open = inFlight;
    while (open > 0) {
      out.flush();
      do {
        int slot = (int) in.readLong();
        if (!in.readBoolean()) {
          throw new IOException("a command was not done; the group lost its leader");
        }
        answered.accept(System.nanoTime() - sentAt[slot]);
        if (goesOn.getAsBoolean()) {
          send(slot, command, sentAt);
        } else {
          open--;
        }
      } while (in.available() >= ANSWER_BYTES);
    }
  }

  private void send(int slot, byte[] command, long[] sentAt) throws IOException {
    out.writeInt(command.length);
    out.writeLong(slot);
    out.write(command);
    sentAt[slot] = System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
