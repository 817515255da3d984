package dev.usher.raft.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that does what disks do: at a crash every sector that was written and not forced
 * is kept or lost by itself; writes and forces fail on demand; space ends.
 */
public final class SimulatedDisk implements Disk {
  private static final int SECTOR_BYTES = 512;

  private final Map<Path, SimulatedFile> files = new TreeMap<>();
  private final Set<Path> locks = new HashSet<>();
  private long spaceBytes = Long.MAX_VALUE;
  private boolean failNextWrite;
  private boolean failNextForce;
  private int forces;
  private Runnable beforeForce = () -> {};

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
    take(size);
    SimulatedFile made = new SimulatedFile((int) size);
    System.arraycopy(header, 0, made.current, 0, header.length);
    System.arraycopy(header, 0, made.durable, 0, header.length);
    files.put(file, made);
    return made;
  }

  @Override
  public DiskFile create(Path file) {
    SimulatedFile made = new SimulatedFile(0);
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
  public void rename(Path from, Path to) throws IOException {
    SimulatedFile found = files.remove(from);
    if (found == null) {
      throw new FileNotFoundException(from.toString());
    }
    free(files.put(to, found));
  }

  @Override
  public void delete(Path file) {
    free(files.remove(file));
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
    beforeForce = () -> {};
  }

  public void failNextWrite() {
    failNextWrite = true;
  }

  public void failNextForce() {
    failNextForce = true;
  }

  /** What every force does first, on the thread that forces: hang, for example. */
  public void beforeForce(Runnable action) {
    beforeForce = action;
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
    Arrays.fill(found.current, offset, found.current.length, (byte) 0);
    Arrays.fill(found.durable, offset, found.durable.length, (byte) 0);
  }

  private SimulatedFile file(Path file) {
    SimulatedFile found = files.get(file);
    if (found == null) {
      throw new IllegalArgumentException("no file " + file);
    }
    return found;
  }

  private void take(long bytes) throws IOException {
    if (bytes > spaceBytes) {
      throw new IOException("No space left on device");
    }
    spaceBytes -= bytes;
  }

  private void free(@Nullable SimulatedFile gone) {
    if (gone != null && spaceBytes < Long.MAX_VALUE - gone.current.length) {
      spaceBytes += gone.current.length;
    }
  }

  private final class SimulatedFile implements DiskFile {
    private byte[] current;
    private byte[] durable;
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
    public void read(ByteBuffer target, long position) throws IOException {
      if (position + target.remaining() > current.length) {
        throw new EOFException("the file ends at " + current.length + " bytes");
      }
      target.put(current, (int) position, target.remaining());
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      int from = (int) position;
      int bytes = source.remaining();
      if (from + bytes > current.length) {
        take(from + bytes - current.length);
        current = Arrays.copyOf(current, from + bytes);
      }
      source.get(current, from, bytes);
      unforced.add(new int[] {from, from + bytes});
      if (failNextWrite) {
        failNextWrite = false;
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void force() throws IOException {
      beforeForce.run();
      forces++;
      if (failNextForce) {
        // As Linux does it: the dirty pages are dropped, the next force would return in peace.
        failNextForce = false;
        unforced.clear();
        throw new IOException("Input/output error");
      }
      if (durable.length < current.length) {
        durable = Arrays.copyOf(durable, current.length);
      }
      for (int[] range : unforced) {
        System.arraycopy(current, range[0], durable, range[0], range[1] - range[0]);
      }
      unforced.clear();
    }

    @Override
    public void close() {}

    void crash(RandomGenerator random) {
      byte[] kept = Arrays.copyOf(durable, current.length);
      for (int[] range : unforced) {
        for (int at = range[0]; at < range[1]; ) {
          int end = Math.min(range[1], (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
          if (random.nextBoolean()) {
            System.arraycopy(current, at, kept, at, end - at);
          }
          at = end;
        }
      }
      unforced.clear();
      durable = kept;
      current = kept.clone();
    }
  }
}
