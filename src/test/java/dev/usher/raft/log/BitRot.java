package dev.usher.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes bytes of a log that is not open, where it had been durable for certain: in records behind
 * which a later batch stands. What is behind all others could be a torn tail as well.
 */
public final class BitRot {
  private static final int BYTES_MAX = 4;

  private record Place(Path file, int from, int to) {}

  private BitRot() {}

  /**
   * Inverts some bytes.
   *
   * @return false when there is nothing to damage, or when the copy of the votes is torn already:
   *     one disk does not lose both
   */
  public static boolean strike(SimulatedDisk disk, Path directory, RandomGenerator random)
      throws IOException {
    try (VoteFile votes = VoteFile.open(disk, directory)) {
      if (!votes.isCertain()) {
        return false;
      }
    }
    List<Place> places = durablePlaces(disk, directory);
    if (places.isEmpty()) {
      return false;
    }
    for (int bytes = random.nextInt(1, BYTES_MAX + 1); bytes > 0; bytes--) {
      Place place = places.get(random.nextInt(places.size()));
      disk.corrupt(place.file, random.nextInt(place.from, place.to));
    }
    return true;
  }

  private static List<Place> durablePlaces(SimulatedDisk disk, Path directory) throws IOException {
    List<Place> durable = new ArrayList<>();
    List<Place> open = new ArrayList<>();
    for (String name : disk.list(directory)) {
      if (Segment.numberOf(name).isPresent()) {
        Path file = directory.resolve(name);
        ByteBuffer content = ByteBuffer.wrap(disk.read(file).orElseThrow());
        long segment = Segment.numberOf(name).getAsLong();
        int at = Segment.HEADER_BYTES;
        while (RecordFormat.isValid(content, at, segment)) {
          if (RecordFormat.batchStart(content, at) == at) {
            durable.addAll(open);
            open.clear();
          }
          int next = at + RecordFormat.paddedBytes(content, at);
          open.add(new Place(file, at, next));
          at = next;
        }
      }
    }
    return durable;
  }
}
