package dev.usher.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.usher.directory.proto.AppendEvents;
import dev.usher.directory.proto.DeleteEvents;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.EventRange;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalValue;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds of the journal, and what it forgets when. */
class JournalTableTest {
  private static final long DAY_MS = 86_400_000;

  private final JournalTable table = new JournalTable();

  @Test
  void whoHasNothingLeftIsForgottenAfterAWhile() {
    append(0, "a", 0, event(1, 10), event(2, 10));
    delete(1000, "a", 2);
    long memoryMs = DirectoryLimits.JOURNAL_MEMORY.toMillis();

    table.expire(1000 + memoryMs - 1);
    assertThat(table.highestSequenceNumber("a")).isEqualTo(2);
    assertThat(table.nextExpiryMs()).hasValue(1000 + memoryMs);
    table.expire(1000 + memoryMs);

    assertThat(table.highestSequenceNumber("a")).isZero();
    assertThat(table.bytes()).isZero();
    assertThat(table.nextExpiryMs()).isEmpty();
  }

  @Test
  void aWriteAfterTheDeletionIsRememberedAgain() {
    append(0, "a", 0, event(1, 10));
    delete(1000, "a", 1);
    append(2000, "a", 0, event(2, 10));

    table.expire(10 * DAY_MS);

    assertThat(table.highestSequenceNumber("a")).isEqualTo(2);
  }

  @Test
  void anExpiryEndsWithTheNextWrite() {
    append(0, "a", DAY_MS, event(1, 10));
    append(1000, "a", 0, event(2, 10));

    table.expire(2 * DAY_MS);

    assertThat(table.events("a", 1, 9, 9, 1000)).hasSize(2);
  }

  @Test
  void theOpenAreThoseWithEventsThatStayAndTheLongestSilentComesFirst() {
    append(100, "saga|a", 0, event(1, 10));
    append(200, "saga|b", DAY_MS, event(1, 10));
    append(300, "other|c", 0, event(1, 10));
    append(400, "saga|d", 0, event(1, 10));
    append(500, "saga|e", 0, event(1, 10).toBuilder().addTags("home").build());
    delete(600, "saga|d", 9);

    assertThat(table.open("saga|", 9))
        .containsExactly(open("saga|a"), new JournalView.Open("saga|e", List.of("home")));
    append(700, "saga|a", 0, event(2, 10));
    assertThat(table.open("saga|", 9)).last().isEqualTo(open("saga|a"));
    assertThat(table.open("saga|", 1)).hasSize(1);
  }

  private static JournalView.Open open(String id) {
    return new JournalView.Open(id, List.of());
  }

  @Test
  void anActorHasNoMoreEventsThanItMay() {
    int limit = DirectoryLimits.JOURNAL_EVENTS_PER_ID;
    append(
        0,
        "a",
        0,
        IntStream.rangeClosed(1, limit).mapToObj(n -> event(n, 1)).toArray(JournalEvent[]::new));

    assertThat(reasonOf(append(0, "a", 0, event(limit + 1, 1)))).isEqualTo("JOURNAL_FULL");
    delete(0, "a", 1);
    assertThat(append(0, "a", 0, event(limit + 1, 1)).hasDone()).isTrue();
  }

  @Test
  void theJournalHasNoMoreBytesThanItMay() {
    int size = 200_000;
    var large = event(1, size);
    long fits = DirectoryLimits.JOURNAL_BYTES / (size + 100);
    for (int i = 0; i < fits; i++) {
      assertThat(append(0, "a" + i, 0, large).hasDone()).isTrue();
    }
    DirectoryResult last = append(0, "b", 0, large);
    for (int i = 0; last.hasDone() && i < 3; i++) {
      last = append(0, "c" + i, 0, large);
    }

    assertThat(reasonOf(last)).isEqualTo("JOURNAL_FULL");
    assertThat(table.bytes()).isLessThanOrEqualTo(DirectoryLimits.JOURNAL_BYTES);
  }

  @Test
  void aMalformedWriteIsRefused() {
    assertThat(reasonOf(append(0, "", 0, event(1, 1)))).isEqualTo("MALFORMED_COMMAND");
    assertThat(reasonOf(append(0, "a", 0))).isEqualTo("MALFORMED_COMMAND");
    assertThat(reasonOf(append(0, "a", 0, event(0, 1)))).isEqualTo("MALFORMED_COMMAND");
    assertThat(reasonOf(append(0, "a", 0, event(2, 1), event(2, 1))))
        .isEqualTo("MALFORMED_COMMAND");
    assertThat(reasonOf(append(0, "a", 0, event(1, DirectoryLimits.JOURNAL_EVENT_BYTES))))
        .isEqualTo("MALFORMED_COMMAND");
  }

  private DirectoryResult append(long timeMs, String id, long expireMs, JournalEvent... events) {
    return table.append(
        timeMs,
        AppendEvents.newBuilder()
            .setPersistenceId(id)
            .setExpireAfterMillis(expireMs)
            .addAllEvents(List.of(events))
            .build());
  }

  private void delete(long timeMs, String id, long to) {
    table.delete(
        timeMs,
        DeleteEvents.newBuilder()
            .addRanges(EventRange.newBuilder().setPersistenceId(id).setToSequenceNumber(to))
            .build());
  }

  private static JournalEvent event(long number, int size) {
    return JournalEvent.newBuilder()
        .setSequenceNumber(number)
        .setPayload(JournalValue.newBuilder().setData(ByteString.copyFrom(new byte[size])))
        .build();
  }

  private static String reasonOf(DirectoryResult result) {
    return result.getRefusal().getReason();
  }
}
