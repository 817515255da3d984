package dev.usher.raft.log;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that does what disks do: at a crash every sector that was written and not forced
 * is kept or lost by itself; writes and forces fail on demand; space ends.
 */
public final class SimulatedDisk implements Disk {
  private static final int SECTOR_BYTES = 512;

  private final Map<Path, SimulatedFile> files = new HashMap<>();
  private final Set<Path> locks = new HashSet<>();
  private long spaceBytes = Long.MAX_VALUE;
  private boolean failNextWrite;
  private boolean failNextForce;
  private int forces;

  @Override
  public void createDirectories(Path directory) {}

  @Override
  public List<String> list(Path directory) {
    return files.keySet().stream()
        .filter(file -> directory.equals(file.getParent()))
        .map(file -> String.valueOf(file.getFileName()))
        .sorted()
        .toList();
  }

  @Override
  public Optional<byte[]> read(Path file) {
    return Optional.ofNullable(files.get(file)).map(found -> found.current.clone());
  }

  @Override
  public void writeAtomically(Path file, byte[] content) throws IOException {
    allocate(file, content.length, content);
  }

  @Override
  public DiskFile allocate(Path file, long size, byte[] header) throws IOException {
    if (size > spaceBytes) {
      throw new IOException("No space left on device");
    }
    spaceBytes -= size;
    SimulatedFile made = new SimulatedFile((int) size);
    System.arraycopy(header, 0, made.current, 0, header.length);
    System.arraycopy(header, 0, made.durable, 0, header.length);
    files.put(file, made);
    return made;
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    SimulatedFile found = files.get(file);
    if (found == null) {
      throw new FileNotFoundException(file.toString());
    }
    return found;
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    if (!locks.add(file)) {
      throw new DirectoryInUseException(file.resolveSibling(""));
    }
    return () -> locks.remove(file);
  }

  /** Power is lost: each sector not yet forced is kept or not. Everything open is void. */
  public void crash(RandomGenerator random) {
    files.values().forEach(file -> file.crash(random));
    locks.clear();
    failNextWrite = false;
    failNextForce = false;
  }

  public void failNextWrite() {
    failNextWrite = true;
  }

  public void failNextForce() {
    failNextForce = true;
  }

  /** From now on there is room for this many bytes more. */
  public void setSpace(long bytes) {
    spaceBytes = bytes;
  }

  /** How often anything was forced. */
  public int forces() {
    return forces;
  }

  /** Bits rot: inverts one byte, durably. */
  public void corrupt(Path file, int offset) {
    SimulatedFile found = file(file);
    found.current[offset] ^= (byte) 0xff;
    found.durable[offset] ^= (byte) 0xff;
  }

  /** Everything from an offset on becomes zero, durably. */
  public void zeroFrom(Path file, int offset) {
    SimulatedFile found = file(file);
    for (int i = offset; i < found.current.length; i++) {
      found.current[i] = 0;
      found.durable[i] = 0;
    }
  }

  private SimulatedFile file(Path file) {
    SimulatedFile found = files.get(file);
    if (found == null) {
      throw new IllegalArgumentException("no file " + file);
    }
    return found;
  }

  private final class SimulatedFile implements DiskFile {
    private final byte[] current;
    private final byte[] durable;
    private final List<int[]> unforced = new ArrayList<>();

    SimulatedFile(int size) {
      current = new byte[size];
      durable = new byte[size];
    }

    @Override
    public long size() {
      return current.length;
    }

    @Override
    public ByteBuffer readAll() {
      return ByteBuffer.wrap(current.clone());
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      int from = (int) position;
      int bytes = source.remaining();
      source.get(current, from, bytes);
      unforced.add(new int[] {from, from + bytes});
      if (failNextWrite) {
        failNextWrite = false;
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void force() throws IOException {
      forces++;
      if (failNextForce) {
        // As Linux does it: the dirty pages are dropped, the next force would return in peace.
        failNextForce = false;
        unforced.clear();
        throw new IOException("Input/output error");
      }
      System.arraycopy(current, 0, durable, 0, current.length);
      unforced.clear();
    }

    @Override
    public void close() {}

    void crash(RandomGenerator random) {
      for (int[] range : unforced) {
        for (int at = range[0]; at < range[1]; ) {
          int end = Math.min(range[1], (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
          if (random.nextBoolean()) {
            System.arraycopy(current, at, durable, at, end - at);
          }
          at = end;
        }
      }
      unforced.clear();
      System.arraycopy(durable, 0, current, 0, current.length);
    }
  }
}
