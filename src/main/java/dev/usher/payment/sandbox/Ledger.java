package dev.usher.payment.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the books. It takes what waits, at most {@value #MAX_BATCH} requests,
 * decides them in order, makes their entries durable with one fsync and only then answers; reads
 * wait as well, so nobody sees what could still be lost. After a failed write nothing is answered
 * any more: a disk that failed once cannot be trusted to say that it holds the rest.
 */
final class Ledger implements AutoCloseable {
  static final int MAX_WAITING = 8_192;
  static final int MAX_BATCH = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Books books;
  private final Journal journal;
  private final LongSupplier nowMs;
  private final BlockingQueue<Job> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Set<String> keysInUse = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Thread thread;

  /** Only the thread looks at it. */
  private boolean stopping;

  /**
   * @param nowMs milliseconds since 1970
   */
  Ledger(Books books, Journal journal, LongSupplier nowMs) {
    this.books = books;
    this.journal = journal;
    this.nowMs = nowMs;
    this.thread = Thread.ofPlatform().name("usher-sandbox-ledger").unstarted(this::run);
  }

  Ledger start() {
    thread.start();
    return this;
  }

  /**
   * A request that may change something.
   *
   * @param key the Idempotency-Key, or null
   * @param decide may throw {@link Params.Refused}: then nothing is recorded
   */
  record Write(
      @Nullable String key, String fingerprint, BiFunction<Books, Long, Cashier.Decision> decide) {}

  /** Completes when it is durable. Trouble is an entry with an error, never a failed stage. */
  CompletionStage<Answer> write(Write write) {
    var key = write.key();
    if (key != null && !keysInUse.add(key)) {
      return CompletableFuture.completedFuture(Answer.unrecorded(ApiError.keyInUse()));
    }
    var job = new WriteJob(write);
    enqueue(job);
    return job.answer;
  }

  /** Reads the books on their thread; what the query returns must be immutable. */
  <R> CompletionStage<R> read(Function<Books, R> query) {
    var job = new ReadJob<>(query);
    enqueue(job);
    return job.answer;
  }

  /** Completes when the thread has ended; with the reason when that was a failure. */
  CompletionStage<Optional<Throwable>> ended() {
    return ended.copy();
  }

  private void enqueue(Job job) {
    if (ended.isDone()) {
      job.fail(ApiError.broken());
    } else if (!waiting.offer(job)) {
      job.fail(ApiError.busy());
    } else if (ended.isDone()) {
      failWaiting();
    }
  }

  private void run() {
    var batch = new ArrayList<Job>(MAX_BATCH);
    Optional<Throwable> reason = Optional.of(new IllegalStateException("the thread died"));
    try {
      while (!stopping) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, MAX_BATCH - 1);
        work(batch);
      }
      batch.clear();
      reason = Optional.empty();
    } catch (IOException | InterruptedException | RuntimeException e) {
      LOG.error("ledger failed reason={}", e.toString(), e);
      reason = Optional.of(e);
    } finally {
      end(batch, reason);
    }
  }

  private void work(List<Job> batch) throws IOException {
    long now = nowMs.getAsLong();
    var entries = new ArrayList<Entry>(batch.size());
    for (var job : batch) {
      var entry = job.decide(now);
      if (entry != null) {
        books.apply(entry);
        entries.add(entry);
      }
    }
    if (!entries.isEmpty()) {
      journal.append(entries);
    }
    batch.forEach(Job::complete);
  }

  private void end(List<Job> batch, Optional<Throwable> reason) {
    ended.complete(reason);
    batch.forEach(job -> job.fail(ApiError.broken()));
    failWaiting();
  }

  private void failWaiting() {
    for (var job = waiting.poll(); job != null; job = waiting.poll()) {
      job.fail(ApiError.broken());
    }
  }

  @Override
  public void close() throws IOException {
    if (closing.compareAndSet(false, true)) {
      enqueue(new StopJob());
      Optional<Throwable> reason = ended.join();
      LOG.info("ledger closed clean={}", reason.isEmpty());
      journal.close();
    }
  }

  /** What a write came to. */
  record Answer(Entry entry, boolean replayed) {
    static Answer unrecorded(ApiError error) {
      return new Answer(new Entry(0, null, null, List.of(), error), false);
    }
  }

  private interface Job {
    /** The entry to make durable, or null. */
    @Nullable Entry decide(long now);

    void complete();

    void fail(ApiError error);
  }

  private final class WriteJob implements Job {
    private final Write write;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private Answer decided = Answer.unrecorded(ApiError.broken());

    WriteJob(Write write) {
      this.write = write;
    }

    @Override
    public @Nullable Entry decide(long now) {
      var key = write.key();
      var before = key == null ? Optional.<Entry>empty() : books.answered(key, now);
      if (before.isPresent()) {
        decided =
            write.fingerprint().equals(before.get().fingerprint())
                ? new Answer(before.get(), true)
                : Answer.unrecorded(ApiError.keyReused());
        return null;
      }
      try {
        var decision = write.decide().apply(books, now);
        var entry = new Entry(now, key, write.fingerprint(), decision.puts(), decision.error());
        decided = new Answer(entry, false);
        return entry;
      } catch (Params.Refused e) {
        decided = Answer.unrecorded(e.error());
        return null;
      }
    }

    @Override
    public void complete() {
      if (write.key() != null) {
        keysInUse.remove(write.key());
      }
      answer.complete(decided);
    }

    @Override
    public void fail(ApiError error) {
      decided = Answer.unrecorded(error);
      complete();
    }
  }

  private final class StopJob implements Job {
    @Override
    public @Nullable Entry decide(long now) {
      stopping = true;
      return null;
    }

    @Override
    public void complete() {}

    /** Too much waits: the thread is told to leave at its next step instead. */
    @Override
    public void fail(ApiError error) {
      thread.interrupt();
    }
  }

  private final class ReadJob<R> implements Job {
    private final Function<Books, R> query;
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private @Nullable Runnable completion;

    ReadJob(Function<Books, R> query) {
      this.query = query;
    }

    @Override
    public @Nullable Entry decide(long now) {
      try {
        R result = query.apply(books);
        completion = () -> answer.complete(result);
      } catch (RuntimeException e) {
        completion = () -> answer.completeExceptionally(e);
      }
      return null;
    }

    @Override
    public void complete() {
      if (completion != null) {
        completion.run();
      }
    }

    @Override
    public void fail(ApiError error) {
      answer.completeExceptionally(new Params.Refused(error));
    }
  }
}
