package dev.usher.journal;

import com.typesafe.config.Config;
import dev.usher.directory.DirectoryLimits;
import dev.usher.directory.JournalView;
import dev.usher.directory.proto.AppendEvents;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.JournalEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin {@code usher.journal}. An {@link AtomicWrite} is one log entry. What can't be
 * serialized or is above a limit is rejected, and the actor may go on; when no majority answers, or
 * another copy of the actor has written, the write fails and the actor ends.
 */
public final class ReplicatedJournal extends AsyncWriteJournal {
  private static final int PAGE_BYTES = 1 << 20;

  private final EventCodec codec;
  private final JournalLog log;
  private final Deletions deletions;
  private final Executor executor;
  private final int pageEvents;
  private final List<String> localRecovery;

  /** Called by Pekko with the plugin's part of the configuration. */
  public ReplicatedJournal(Config config) {
    var system = context().system();
    this.codec = new EventCodec((ExtendedActorSystem) system);
    this.log = JournalLog.of(JournalSetup.directoryOf(system), config);
    this.deletions = new Deletions(log);
    this.executor = context().dispatcher();
    this.pageEvents = config.getInt("replay-page-events");
    this.localRecovery = List.copyOf(config.getStringList("local-recovery"));
  }

  /** One proposal each, in order: all are of one actor. */
  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    CompletionStage<List<Optional<Exception>>> results =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (var write : messages) {
      var encoded = encode(write);
      results =
          results.thenCompose(
              before ->
                  append(encoded)
                      .thenApply(
                          result -> {
                            before.add(result);
                            return before;
                          }));
    }
    return JournalLog.asScala(results.thenApply(Collections::unmodifiableList));
  }

  /** Either a command or why there is none. */
  private record Encoded(@Nullable DirectoryCommand command, @Nullable Exception rejection) {}

  private Encoded encode(AtomicWrite write) {
    try {
      var append = AppendEvents.newBuilder().setPersistenceId(write.persistenceId());
      long bytes = 0;
      for (var event : CollectionConverters.asJava(write.payload())) {
        var encoded = codec.encode(event);
        bytes += checked(write.persistenceId(), encoded).getSerializedSize();
        append.addEvents(encoded);
        append.setExpireAfterMillis(ExpiryTag.millis(encoded.getTagsList()));
      }
      if (bytes > DirectoryLimits.JOURNAL_WRITE_BYTES) {
        throw new JournalFullException(
            bytes
                + " bytes in one write of "
                + write.persistenceId()
                + ", at most "
                + DirectoryLimits.JOURNAL_WRITE_BYTES);
      }
      return new Encoded(DirectoryCommand.newBuilder().setAppendEvents(append).build(), null);
    } catch (Exception e) {
      return new Encoded(null, e);
    }
  }

  private static JournalEvent checked(String persistenceId, JournalEvent event) {
    if (event.getSerializedSize() > DirectoryLimits.JOURNAL_EVENT_BYTES) {
      throw new JournalFullException(
          event.getSerializedSize()
              + " bytes in event "
              + event.getSequenceNumber()
              + " of "
              + persistenceId
              + ", at most "
              + DirectoryLimits.JOURNAL_EVENT_BYTES);
    }
    return event;
  }

  private CompletionStage<Optional<Exception>> append(Encoded encoded) {
    if (encoded.command() == null) {
      return CompletableFuture.completedFuture(Optional.ofNullable(encoded.rejection()));
    }
    return log.write(encoded.command())
        .<Optional<Exception>>thenApply(done -> Optional.empty())
        .exceptionallyCompose(
            failure ->
                switch (JournalLog.bare(failure)) {
                  case JournalFullException full ->
                      CompletableFuture.completedFuture(Optional.of(full));
                  case JournalConflictException conflict -> caughtUp(conflict);
                  case Throwable other -> CompletableFuture.failedFuture(other);
                });
  }

  /**
   * Fails once this node's own copy has what the other one wrote: the actor recovers from it, and
   * must not write the same number again.
   */
  private CompletionStage<Optional<Exception>> caughtUp(JournalConflictException conflict) {
    return log.read(JournalView::bytes)
        .handle(
            (read, failure) -> {
              throw new CompletionException(conflict);
            });
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return JournalLog.asVoid(deletions.delete(persistenceId, toSequenceNr));
  }

  /** By a round of the majority; by this node's own copy for those that may do with it. */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    Function<JournalView, Long> query = journal -> journal.highestSequenceNumber(persistenceId);
    boolean isLocal = localRecovery.stream().anyMatch(persistenceId::startsWith);
    return JournalLog.asScala(isLocal ? log.readOn(query) : log.read(query));
  }

  /** Pekko reads the highest sequence number just before, so this node's own copy has it all. */
  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> callback) {
    return JournalLog.asVoid(replay(persistenceId, fromSequenceNr, toSequenceNr, max, callback));
  }

  private CompletionStage<Done> replay(
      String id, long from, long to, long max, Consumer<PersistentRepr> callback) {
    if (from > to || max <= 0) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    int limit = (int) Math.min(max, pageEvents);
    return log.readOn(journal -> journal.events(id, from, to, limit, PAGE_BYTES))
        .thenComposeAsync(
            page -> {
              page.forEach(event -> callback.accept(codec.decode(id, event)));
              return page.isEmpty()
                  ? CompletableFuture.completedFuture(Done.getInstance())
                  : replay(
                      id, page.getLast().getSequenceNumber() + 1, to, max - page.size(), callback);
            },
            executor);
  }
}
