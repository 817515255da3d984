package dev.usher.node;

import dev.usher.raft.Bytes;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * The cheapest way to a group: commands over a bare socket, so that a bench measures the engine and
 * no edge. The port says first whether its node leads (one byte, 1 or 0). Then the client sends
 * {@code int length, long id, command} as often as it likes, and gets {@code long id, byte done}
 * for each, in the order of their outcomes. Only for loopback, only for the bench.
 */
final class CommandPort implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Replica<?> replica;
  private final ServerSocket server;

  private CommandPort(Replica<?> replica, ServerSocket server) {
    this.replica = replica;
    this.server = server;
  }

  /** Listens on the loopback address. */
  static CommandPort open(Replica<?> replica, int port) {
    try {
      var open =
          new CommandPort(replica, new ServerSocket(port, 8, InetAddress.getLoopbackAddress()));
      Thread.ofPlatform().name("command-port").daemon().start(open::accept);
      return open;
    } catch (IOException e) {
      throw new ConfigurationException("cannot open the command port " + port + ": " + e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofPlatform().name("commands").daemon().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var in =
            new DataInputStream(new BufferedInputStream(client.getInputStream(), BUFFER_BYTES));
        var out =
            new DataOutputStream(
                new BufferedOutputStream(client.getOutputStream(), BUFFER_BYTES))) {
      client.setTcpNoDelay(true);
      out.writeByte(replica.isLeader() ? 1 : 0);
      out.flush();
      try (var replies = new CommandReplies(out)) {
        while (true) {
          byte[] command = new byte[length(in)];
          long id = in.readLong();
          in.readFully(command);
          replies.expect();
          replica
              .propose(new Proposal("", Bytes.EMPTY, Bytes.wrap(command)), PATIENCE)
              .thenAccept(outcome -> replies.give(id, outcome instanceof Outcome.Done));
        }
      }
    } catch (EOFException end) {
      // The client has what it wanted.
    } catch (IOException e) {
      throw new UncheckedIOException("a client of the bench was lost", e);
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > Proposal.COMMAND_BYTES_MAX) {
      throw new IOException(
          "a command has 0 to " + Proposal.COMMAND_BYTES_MAX + " bytes, not " + length);
    }
    return length;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
