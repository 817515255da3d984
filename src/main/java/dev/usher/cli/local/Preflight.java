package dev.usher.cli.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold before anything is started, so that nothing is half started. */
final class Preflight {
  /** A node preallocates its log; with less than this it would stop soon after its start. */
  static final long FREE_BYTES_MIN_PER_PROCESS = 200L * 1024 * 1024;

  private Preflight() {}

  /**
   * Checks ports, directories and disk.
   *
   * @throws LocalClusterException for the first thing that does not hold
   */
  static void check(List<ProcessSpec> toStart) {
    portsDiffer(toStart);
    for (ProcessSpec process : toStart) {
      for (ProcessSpec.Port port : process.ports()) {
        portIsFree(process, port);
      }
      writable(process.dataDir());
      writable(process.runDir());
    }
    for (ProcessSpec process : toStart) {
      enoughDisk(process.dataDir(), toStart.size());
    }
  }

  private static void portsDiffer(List<ProcessSpec> processes) {
    Map<String, String> owners = new HashMap<>();
    for (ProcessSpec process : processes) {
      for (ProcessSpec.Port port : process.ports()) {
        String mine = port.setting() + " of " + process.name();
        String other = owners.put(process.host() + ":" + port.number(), mine);
        if (other != null) {
          throw new LocalClusterException(
              "port %d is both %s and %s; give them different ports"
                  .formatted(port.number(), other, mine));
        }
      }
    }
  }

  private static void portIsFree(ProcessSpec process, ProcessSpec.Port port) {
    try (var socket = new ServerSocket()) {
      // As the servers do on Linux: a connection in TIME_WAIT is no reason to refuse.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(process.host(), port.number()));
    } catch (IOException e) {
      throw new LocalClusterException(
          ("port %d (%s of %s) on %s can't be opened: %s. Stop what uses it (bin/start-node.sh"
                  + " --stop when it is a cluster of this directory; `ss -ltnp sport = :%d` names"
                  + " it), or change %s in %s")
              .formatted(
                  port.number(),
                  port.setting(),
                  process.name(),
                  process.host(),
                  e.getMessage(),
                  port.number(),
                  port.setting(),
                  process.config()),
          e);
    }
  }

  private static void writable(Path dir) {
    try {
      Files.createDirectories(dir);
      Path probe = Files.createTempFile(dir, ".probe", null);
      Files.delete(probe);
    } catch (IOException e) {
      throw new LocalClusterException(
          "%s can't be written (%s); give yourself the right to, or name another directory"
              .formatted(dir, e),
          e);
    }
  }

  private static void enoughDisk(Path dir, int processes) {
    try {
      FileStore store = Files.getFileStore(dir);
      requireSpace(dir, store.getUsableSpace(), processes);
    } catch (IOException e) {
      throw new LocalClusterException("the free space of " + dir + " can't be read", e);
    }
  }

  static void requireSpace(Path dir, long freeBytes, int processes) {
    long needed = FREE_BYTES_MIN_PER_PROCESS * processes;
    if (freeBytes < needed) {
      throw new LocalClusterException(
          "%s has %d MiB free, %d MiB are needed; free some space or name another directory"
              .formatted(dir, freeBytes >> 20, needed >> 20));
    }
  }
}
