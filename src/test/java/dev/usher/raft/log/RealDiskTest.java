package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of {@link LogFailureTest} on a real file system whose calls really fail. */
class RealDiskTest {
  private static final int SEGMENT_BYTES = 64 << 10;
  private static final LogOptions OPTIONS = new LogOptions(SEGMENT_BYTES, Runnable::run);

  @TempDir Path temporary;

  @Test
  void aFailedFsyncIsFinalAndNamesTheFileAndCostsNothingThatWasConfirmed() throws Exception {
    try (FaultyDisk disk = FaultyDisk.start(temporary, Writer.class, log().toString())) {
      assertThat(disk.ask("1")).isEqualTo("durable 1");
      assertThat(disk.ask("2")).isEqualTo("durable 2");
      disk.fault("eio");
      assertThat(disk.ask("3"))
          .startsWith(
              "failed write or force failed: file=" + log().resolve("segment-0000000001.log"))
          .contains("Input/output error");
      disk.mend();
      assertThat(disk.ask("4")).startsWith("failed the log failed before");
      assertThat(disk.end()).isZero();
    }
    assertThat(reopened()).isBetween(2, 3);
  }

  @Test
  void aWriteForWhichThereIsNoSpaceIsFinalToo() throws Exception {
    try (FaultyDisk disk = FaultyDisk.start(temporary, Writer.class, log().toString())) {
      assertThat(disk.ask("1")).isEqualTo("durable 1");
      disk.fault("enospc");
      assertThat(disk.ask("2")).startsWith("failed").contains("No space left on device");
      disk.mend();
      assertThat(disk.end()).isZero();
    }
    assertThat(reopened()).isEqualTo(1);
  }

  @Test
  void aSlowFsyncConfirmsNothingBeforeItReturns() throws Exception {
    try (FaultyDisk disk = FaultyDisk.start(temporary, Writer.class, log().toString())) {
      disk.fault("slow300");
      long start = System.nanoTime();
      assertThat(disk.ask("1")).isEqualTo("durable 1");
      assertThat(System.nanoTime() - start).isGreaterThan(300_000_000);
      assertThat(disk.end()).isZero();
    }
    assertThat(reopened()).isEqualTo(1);
  }

  @Test
  void aFullFileSystemIsKnownAheadAndEndsWhenSpaceIsBack() throws Exception {
    Path mount = Files.createDirectory(temporary.resolve("small"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", mount.toString()),
        "no small file system can be mounted here");
    try {
      Path filler = Files.write(mount.resolve("filler"), new byte[1]);
      try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), mount.resolve("log"), OPTIONS)) {
        Files.write(filler, new byte[(int) Files.getFileStore(mount).getUsableSpace()]);
        int last = 0;
        while (!log.isLowOnSpace()) {
          log.append(SEATS, entries(entry(1, ++last, 1000)));
          log.sync();
        }
        log.retrySpace();
        assertThat(log.isLowOnSpace()).isTrue();

        Files.delete(filler);
        log.retrySpace();
        assertThat(log.isLowOnSpace()).isFalse();
        for (int more = 0; more < 2 * SEGMENT_BYTES / 1000; more++) {
          log.append(SEATS, entries(entry(1, ++last, 1000)));
          log.sync();
        }
      }
    } finally {
      assertThat(succeeds("umount", mount.toString())).isTrue();
    }
  }

  private Path log() {
    return temporary.resolve("log");
  }

  private int reopened() throws IOException {
    try (WriteAheadLog log = WriteAheadLog.open(new FileDisk(), log(), OPTIONS)) {
      return log.takeRecovered(SEATS).entries().size();
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Appends an entry for each index that it is told, and says what became of it. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      WriteAheadLog log = WriteAheadLog.open(new FileDisk(), Path.of(args[0]), OPTIONS);
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        try {
          log.append(SEATS, entries(entry(1, Long.parseLong(line), 100)));
          log.sync();
          System.out.println("durable " + line);
        } catch (LogFailedException e) {
          System.out.println("failed " + e.getMessage());
        }
      }
    }
  }
}
