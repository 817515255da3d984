package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {
  private static final LogOptions OPTIONS = new LogOptions(8192, ForkJoinPool.commonPool());

  @TempDir Path temporary;

  @Test
  void aRealDirectoryKeepsTheLogAcrossSegments() throws IOException {
    Path directory = temporary.resolve("a/b/log");
    try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), directory, OPTIONS)) {
      for (int i = 1; i <= 100; i++) {
        log.append(SEATS, entries(entry(1, i, 500)));
        log.sync();
      }
    }

    try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), directory, OPTIONS)) {
      assertThat(log.takeRecovered(SEATS).entries())
          .hasSize(100)
          .startsWith(entry(1, 1, 500))
          .endsWith(entry(1, 100, 500));
    }
  }

  @Test
  void whatIsAskedOfTheDiskIsCounted() throws IOException {
    FileDisk disk = new FileDisk();
    try (DiskFile file = disk.create(temporary.resolve("file"))) {
      file.write(ByteBuffer.allocate(100), 0);
      file.write(ByteBuffer.allocate(20), 100);
      file.force();
    }

    assertThat(disk.usage()).isEqualTo(new FileDisk.Usage(120, 1));
  }

  @Test
  void segmentsAreAllocatedWholeFromTheStart() throws IOException {
    try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), temporary, OPTIONS)) {
      Path segment = temporary.resolve("segment-0000000001.log");
      assertThat(segment).hasSize(8192);
      log.append(SEATS, entries(entry(1, 1, 10)));
      log.sync();
      assertThat(segment).hasSize(8192);
    }
  }

  @Test
  void aSecondOpeningOfTheSameDirectoryIsRefusedInOneSentence() throws IOException {
    try (WriteAheadLog first = WriteAheadLog.open(new FileDisk(), temporary, OPTIONS)) {
      assertThatThrownBy(() -> WriteAheadLog.open(new FileDisk(), temporary, OPTIONS))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessage(
              "data directory %s is in use by another process: stop that one, or give this node a"
                  + " directory of its own",
              temporary);
      assertThat(first.groups()).isEmpty();
    }
  }

  @Test
  void secondProcessIsRefused() throws Exception {
    try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), temporary, OPTIONS)) {
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SecondProcess.class.getName(),
                  temporary.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(second.getInputStream().readAllBytes(), UTF_8);

      assertThat(second.waitFor()).isEqualTo(3);
      assertThat(said).contains("is in use by another process");
      assertThat(log.groups()).isEmpty();
    }
  }

  @Test
  void anUnfinishedAllocationIsMadeAnew() throws IOException {
    Files.write(temporary.resolve("segment-0000000001.log.new"), new byte[100]);

    WriteAheadLog.open(new FileDisk(), temporary, OPTIONS).close();

    assertThat(temporary.resolve("segment-0000000001.log")).hasSize(8192);
  }

  /** Tries to open the directory in a process of its own; exit code 3 when it is refused. */
  static final class SecondProcess {
    private SecondProcess() {}

    public static void main(String[] args) throws IOException {
      try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), Path.of(args[0]), OPTIONS)) {
        System.out.println("opened " + log.directoryId());
      } catch (DirectoryInUseException refused) {
        System.out.println(refused.getMessage());
        System.exit(3);
      }
    }
  }
}
