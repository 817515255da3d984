package dev.usher.node;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answers of one {@link CommandPort} connection. When nothing else is under way, whoever brings
 * an answer writes it; the others are gathered by a thread, which writes what there is with one
 * flush.
 */
final class CommandReplies implements AutoCloseable {
  private record Reply(long id, boolean done) {}

  private final LinkedBlockingQueue<Reply> gathered = new LinkedBlockingQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final DataOutputStream out;
  private final Thread writer;

  CommandReplies(DataOutputStream out) {
    this.out = out;
    this.writer = Thread.ofPlatform().name("replies").daemon().start(this::writeGathered);
  }

  /** One more answer will be given. */
  void expect() {
    underWay.incrementAndGet();
  }

  /** Safe for any thread. */
  void give(long id, boolean done) {
    Reply reply = new Reply(id, done);
    if (underWay.decrementAndGet() > 0) {
      gathered.add(reply);
      return;
    }
    try {
      write(List.of(reply));
    } catch (IOException gone) {
      // The client left with a command under way; there is nobody to tell.
    }
  }

  private synchronized void write(List<Reply> replies) throws IOException {
    for (Reply reply : replies) {
      out.writeLong(reply.id());
      out.writeBoolean(reply.done());
    }
    out.flush();
  }

  private void writeGathered() {
    var batch = new ArrayList<Reply>();
    try {
      while (true) {
        batch.add(gathered.take());
        gathered.drainTo(batch);
        write(batch);
        batch.clear();
      }
    } catch (IOException gone) {
      // The client left with commands under way; there is nobody to tell.
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    writer.interrupt();
  }
}
