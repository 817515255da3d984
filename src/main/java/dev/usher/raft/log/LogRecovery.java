package dev.usher.raft.log;

import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a directory's segments into the groups that they describe. Cuts a torn tail; reads on
 * behind damage and leaves the groups that it may concern in doubt; changes nothing else.
 */
final class LogRecovery {
  private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

  private final Disk disk;
  private final Path directory;
  private final LogOptions options;
  private final Map<GroupId, GroupImage> groups = new TreeMap<>();
  private final List<SegmentCover> sealed = new ArrayList<>();
  private SegmentCover cover = new SegmentCover(0);
  private boolean startsLater;
  private boolean hasHoles;
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
      return allocate(1);
    }
    startsLater = numbers.getFirst() > 1;
    int live = lastWithRecords(numbers);
    for (int i = 0; i < live; i++) {
      noticeMissing(numbers, i);
      readWhole(numbers.get(i));
    }
    noticeMissing(numbers, live);
    return goOnIn(Segment.open(disk, directory, numbers.get(live)));
  }

  Map<GroupId, GroupImage> groups() {
    return groups;
  }

  /** What the older segments hold, the oldest first. */
  List<SegmentCover> sealed() {
    return sealed;
  }

  /** What the segment to go on in holds. */
  SegmentCover cover() {
    return cover;
  }

  /** Something that had been durable is missing: a group without records may have had some. */
  boolean hasHoles() {
    return hasHoles;
  }

  private Segment allocate(long number) throws IOException {
    try {
      cover = new SegmentCover(number);
      return Segment.allocate(disk, directory, number, options.segmentBytes());
    } catch (IOException e) {
      throw new DiskFullException(directory, options.segmentBytes(), e);
    }
  }

  private List<Long> segmentNumbers() throws IOException {
    return disk.list(directory).stream()
        .map(Segment::numberOf)
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .sorted()
        .toList();
  }

  /** Segments behind it were allocated ahead and are empty. */
  private int lastWithRecords(List<Long> numbers) throws IOException {
    for (int i = numbers.size() - 1; i > 0; i--) {
      try (Segment segment = Segment.open(disk, directory, numbers.get(i))) {
        ByteBuffer content = segment.readAll();
        if (segment.isHeaderIntact(content)
            && RecordFormat.isValid(content, Segment.HEADER_BYTES, segment.number())) {
          return i;
        }
        boolean[] found = new boolean[1];
        new SegmentScan(content, segment.number())
            .scan(
                new SegmentScan.Visitor() {
                  @Override
                  public void record(int offset, LogRecord.OfGroup record) {
                    found[0] = true;
                  }

                  @Override
                  public void hole(int from, int to) {
                    found[0] = true;
                  }
                });
        if (found[0]) {
          return i;
        }
      }
    }
    return 0;
  }

  private void noticeMissing(List<Long> numbers, int i) {
    if (i > 0 && numbers.get(i) != numbers.get(i - 1) + 1) {
      long missing = numbers.get(i - 1) + 1;
      hole(directory.resolve(Segment.name(missing)), 0, "the file is missing");
    }
  }

  private void readWhole(long number) throws IOException {
    try (Segment segment = Segment.open(disk, directory, number)) {
      SegmentScan.Result result = scan(segment, segment.readAll());
      if (result.ending() != SegmentScan.Ending.SEALED) {
        hole(segment.file(), result.end(), "it ends here, and later segments have records");
      }
      sealed.add(cover);
    }
  }

  private Segment goOnIn(Segment segment) throws IOException {
    ByteBuffer content = segment.readAll();
    SegmentScan.Result result = scan(segment, content);
    if (result.ending() == SegmentScan.Ending.SEALED) {
      segment.close();
      sealed.add(cover);
      return allocate(segment.number() + 1);
    }
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
    if (!segment.isHeaderCurrent(content)) {
      segment.renewHeader();
    }
    return segment;
  }

  private SegmentScan.Result scan(Segment segment, ByteBuffer content) throws IOException {
    cover = new SegmentCover(segment.number());
    if (!segment.isHeaderIntact(content)) {
      log.error("log damaged: file={} offset=0 its header; its records are read", segment.file());
    }
    int[] good = {Segment.HEADER_BYTES};
    try {
      return new SegmentScan(content, segment.number())
          .scan(
              new SegmentScan.Visitor() {
                @Override
                public void record(int offset, LogRecord.OfGroup record)
                    throws CorruptLogException {
                  good[0] = offset;
                  add(segment.file(), offset, record);
                }

                @Override
                public void hole(int from, int to) {
                  LogRecovery.this.hole(segment.file(), from, "records go on at offset " + to);
                }
              });
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new CorruptLogException(
          segment.file(), good[0], lastGood, "a record of unknown form (" + e.getMessage() + ")");
    }
  }

  private void add(Path file, int offset, LogRecord.OfGroup record) throws CorruptLogException {
    GroupId group = record.group();
    GroupImage image = groups.computeIfAbsent(group, name -> new GroupImage(startsLater, hasHoles));
    try {
      image.add(record);
    } catch (IllegalStateException e) {
      throw new CorruptLogException(file, offset, "group=" + group, String.valueOf(e.getMessage()));
    }
    cover.add(record);
    lastGood = "after group=" + group + " index=" + image.lastIndex();
  }

  private void hole(Path file, long offset, String how) {
    hasHoles = true;
    groups.values().forEach(GroupImage::hole);
    log.error("log damaged: file={} offset={} {}: {}; nothing is cut", file, offset, lastGood, how);
  }

  /**
   * Completes terms and votes from their second copy.
   *
   * @throws CorruptLogException when a vote may be lost, or the copies contradict each other
   */
  void addVotes(VoteFile votes) throws CorruptLogException {
    if (hasHoles && !votes.isCertain()) {
      throw new CorruptLogException(
          votes.file(), 0, lastGood, "the log is damaged and so is the copy of the votes");
    }
    for (Map.Entry<GroupId, HardState> copy : votes.states().entrySet()) {
      GroupImage image =
          groups.computeIfAbsent(copy.getKey(), name -> new GroupImage(startsLater, hasHoles));
      if (!image.addVote(copy.getValue())) {
        throw new CorruptLogException(
            votes.file(),
            0,
            "group=" + copy.getKey() + " term=" + copy.getValue().term(),
            "two votes in one term");
      }
    }
  }
}
