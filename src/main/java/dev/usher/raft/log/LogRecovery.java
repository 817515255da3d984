package dev.usher.raft.log;

import dev.usher.raft.GroupId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a directory's segments into the groups that they describe, cuts a torn tail, and refuses
 * everything that is not as a crash can leave it. The repair of damage from peers needs snapshots
 * and is not here.
 */
final class LogRecovery {
  private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

  private final Disk disk;
  private final Path directory;
  private final LogOptions options;
  private final Map<GroupId, GroupImage> groups = new TreeMap<>();
  private String lastGood = "before the first record";

  LogRecovery(Disk disk, Path directory, LogOptions options) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
  }

  /** Reads everything; gives the segment to go on in. */
  Segment run() throws IOException {
    List<Long> numbers = segmentNumbers();
    if (numbers.isEmpty()) {
      return allocateFirst();
    }
    for (int i = 0; ; i++) {
      Segment segment = Segment.open(disk, directory, numbers.get(i));
      boolean last = i == numbers.size() - 1;
      SegmentScan.Result result = scan(segment);
      if (result.ending() != SegmentScan.Ending.SEALED) {
        // Whatever comes later was allocated ahead and must be empty.
        refuseRecordsIn(numbers.subList(i + 1, numbers.size()), segment, result);
        return goOnIn(segment, result);
      }
      segment.close();
      if (last) {
        return Segment.allocate(disk, directory, segment.number() + 1, options.segmentBytes());
      }
    }
  }

  Map<GroupId, GroupImage> groups() {
    return groups;
  }

  private Segment allocateFirst() throws IOException {
    try {
      return Segment.allocate(disk, directory, 1, options.segmentBytes());
    } catch (IOException e) {
      throw new DiskFullException(directory, options.segmentBytes(), e);
    }
  }

  private List<Long> segmentNumbers() throws IOException {
    List<Long> numbers =
        disk.list(directory).stream()
            .map(Segment::numberOf)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .sorted()
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != i + 1L) {
        throw new CorruptLogException(
            directory, 0, "segment " + (i + 1), "the file is missing, later ones are there");
      }
    }
    return numbers;
  }

  private SegmentScan.Result scan(Segment segment) throws IOException {
    ByteBuffer content = segment.readAll();
    refuseBadHeader(segment, content);
    int[] good = {Segment.HEADER_BYTES};
    SegmentScan.Result result;
    try {
      result =
          new SegmentScan(content, segment.number())
              .scan(
                  (next, record) -> {
                    add(segment.file(), good[0], record);
                    good[0] = next;
                  });
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new CorruptLogException(
          segment.file(), good[0], lastGood, "a record of unknown form (" + e.getMessage() + ")");
    }
    if (result.ending() == SegmentScan.Ending.DAMAGED) {
      throw new CorruptLogException(
          segment.file(),
          result.end(),
          lastGood,
          "bad record, but a later valid one at offset " + result.nextValid());
    }
    return result;
  }

  private static void refuseBadHeader(Segment segment, ByteBuffer content)
      throws CorruptLogException {
    String fault = segment.headerFault(content).orElse("");
    if (!fault.isEmpty()) {
      throw new CorruptLogException(segment.file(), 0, "in the header", fault);
    }
  }

  private void add(Path file, int offset, LogRecord record) throws CorruptLogException {
    GroupId group =
        switch (record) {
          case LogRecord.Appended appended -> appended.group();
          case LogRecord.Voted voted -> voted.group();
          case LogRecord.Truncated truncated -> truncated.group();
          case LogRecord.Sealed sealed -> throw new IllegalArgumentException("seal in the middle");
        };
    GroupImage image = groups.computeIfAbsent(group, name -> new GroupImage());
    try {
      image.add(record);
    } catch (IllegalStateException e) {
      throw new CorruptLogException(file, offset, "group=" + group, String.valueOf(e.getMessage()));
    }
    lastGood = "after group=" + group + " index=" + image.lastIndex();
  }

  private void refuseRecordsIn(List<Long> later, Segment unsealed, SegmentScan.Result result)
      throws IOException {
    for (long number : later) {
      try (Segment segment = Segment.open(disk, directory, number)) {
        ByteBuffer content = segment.readAll();
        refuseBadHeader(segment, content);
        SegmentScan scan = new SegmentScan(content, number);
        if (scan.scan((offset, record) -> {}).end() > Segment.HEADER_BYTES) {
          throw new CorruptLogException(
              unsealed.file(),
              result.end(),
              lastGood,
              "bad record, but later valid ones in " + segment.file());
        }
      }
    }
  }

  private Segment goOnIn(Segment segment, SegmentScan.Result result) throws IOException {
    segment.continueAt(result.end());
    if (result.ending() == SegmentScan.Ending.TORN) {
      log.warn(
          "torn tail cut: file={} offset={} bytes={} {}; never acknowledged as durable",
          segment.file(),
          result.end(),
          result.used() - result.end(),
          lastGood);
      // Left in place, pieces of it could later look like a continuation.
      segment.clearTail(result.used());
    }
    return segment;
  }
}
