package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.sandbox.Cashier.Decision;
import dev.usher.payment.sandbox.LedgerObject.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ledger's thread, before a disk that the test holds in its hands. */
class LedgerTest {
  private final HeldJournal disk = new HeldJournal();
  private final Ledger ledger = new Ledger(new Books(), disk, () -> 1_000).start();

  /** A journal whose writes take until the test lets them. */
  private static final class HeldJournal implements Journal {
    final CountDownLatch reached = new CountDownLatch(1);
    final CompletableFuture<Boolean> works = new CompletableFuture<>();
    final List<List<Entry>> batches = new ArrayList<>();

    @Override
    public void append(List<Entry> batch) throws IOException {
      reached.countDown();
      if (!await(works)) {
        throw new IOException("no space left on device");
      }
      batches.add(batch);
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void close() throws IOException {
    disk.works.complete(true);
    ledger.close();
  }

  private CompletionStage<Ledger.Answer> put(String key, String id) {
    var method = new Method(id, 1_000, "visa", "4242", CardOutcome.APPROVED, null, false);
    return ledger.write(new Ledger.Write(key, "print", (books, now) -> Decision.done(method)));
  }

  private static String code(Ledger.Answer answer) {
    var error = answer.entry().error();
    return error == null ? "" : error.code();
  }

  @Test
  void nothingIsAnsweredOrReadBeforeItIsOnDisk() throws InterruptedException {
    var written = put("k", "pm_1");
    disk.reached.await();
    var read = ledger.read(books -> books.method("pm_1").isPresent());

    assertThat(written.toCompletableFuture()).isNotDone();
    assertThat(read.toCompletableFuture()).isNotDone();
    disk.works.complete(true);
    assertThat(code(await(written))).isEmpty();
    assertThat(await(read)).isTrue();
  }

  @Test
  void aKeyThatIsBeingWorkedOnIsInUse() throws InterruptedException {
    var first = put("k", "pm_1");
    disk.reached.await();

    assertThat(code(await(put("k", "pm_2")))).isEqualTo("idempotency_key_in_use");
    disk.works.complete(true);
    var answer = await(first);
    assertThat(await(put("k", "pm_3"))).isEqualTo(new Ledger.Answer(answer.entry(), true));
  }

  @Test
  void whatWaitsBecomesDurableTogether() throws InterruptedException {
    var answers = new ArrayList<CompletionStage<Ledger.Answer>>();
    answers.add(put("first", "pm_0"));
    disk.reached.await();
    for (int i = 1; i <= 100; i++) {
      answers.add(put("k" + i, "pm_" + i));
    }
    disk.works.complete(true);
    answers.forEach(Till::await);

    assertThat(disk.batches).extracting(List::size).containsExactly(1, 100);
  }

  @Test
  void beyondTheLimitRequestsAreTurnedAway() throws InterruptedException {
    put("first", "pm_0");
    disk.reached.await();
    var last = put("k", "pm_1");
    for (int i = 1; i < Ledger.MAX_WAITING; i++) {
      last = put("k" + i, "pm_1");
    }
    var tooMany = put("one-more", "pm_1");

    assertThat(code(await(tooMany))).isEqualTo("rate_limit");
    disk.works.complete(true);
    assertThat(code(await(last))).isEmpty();
    assertThat(code(await(put("one-more", "pm_1")))).isEmpty();
  }

  @Test
  void afterAFailedWriteNothingIsAnsweredAnyMore() throws InterruptedException {
    var lost = put("k", "pm_1");
    disk.reached.await();
    var waiting = put("w", "pm_2");
    disk.works.complete(false);

    assertThat(code(await(lost))).isEqualTo("ledger_failed");
    assertThat(code(await(waiting))).isEqualTo("ledger_failed");
    assertThat(code(await(put("later", "pm_3")))).isEqualTo("ledger_failed");
    assertThat(await(ledger.ended())).get().isInstanceOf(IOException.class);
  }
}
