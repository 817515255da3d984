package dev.usher.payment.sandbox;

import java.io.IOException;
import java.util.List;

/** Where entries are kept. */
interface Journal extends AutoCloseable {
  /** When this returns, all the entries are durable; when it throws, some may be. */
  void append(List<Entry> batch) throws IOException;

  @Override
  void close() throws IOException;
}
