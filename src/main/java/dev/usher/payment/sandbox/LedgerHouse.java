package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.SandboxSettings.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a sandbox's ledger with its books. A long ledger is written anew first: one entry for each
 * thing as it is, and the answers whose keys still count. So the file grows with what there is (at
 * most {@value Cashier#MAX_OBJECTS} things) and with what happens between two starts.
 */
record LedgerHouse(Books books, LedgerFile file) {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerHouse.class);

  /** A shorter one is not worth the trouble. */
  static final long SHORTENED_FROM_BYTES = 64L << 20;

  /**
   * @param endpoints who is told events
   * @param shortenFromBytes a file this long is written anew
   * @param nowMs what is older than a key's life is forgotten
   */
  static LedgerHouse open(Path dir, List<Webhook> endpoints, long shortenFromBytes, long nowMs) {
    var house = open(dir, endpoints);
    try {
      long before = house.file().size();
      if (before < shortenFromBytes) {
        return house;
      }
      LedgerFile.replace(dir, house.books().compacted(nowMs));
      var shorter = open(dir, endpoints);
      house.file().close();
      LOG.info("ledger shortened bytes_before={} bytes={}", before, shorter.file().size());
      return shorter;
    } catch (IOException e) {
      throw new SandboxException("cannot shorten the payment ledger in " + dir + ": " + e, e);
    }
  }

  private static LedgerHouse open(Path dir, List<Webhook> endpoints) {
    var books = new Books(endpoints);
    return new LedgerHouse(books, LedgerFile.open(dir, books::apply));
  }
}
