package dev.usher.cli;

import dev.usher.cli.local.FreshLayout;
import dev.usher.cli.local.Launcher;
import dev.usher.cli.local.Layout;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.term.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Option;

/** A cluster of its own for one command: made before it, gone after it. */
final class FreshOptions {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "An empty or new directory for configuration, data and logs (a temporary one).",
      order = 1)
  Optional<Path> dir = Optional.empty();

  @Option(
      names = "--keep",
      description = "Leave the cluster running, and its directory in place.",
      order = 2)
  boolean keep;

  @Option(
      names = "--time-scale",
      paramLabel = "FACTOR",
      description = "Multiplies election and heartbeat times, for busy machines (1).",
      order = 3)
  double timeScale = 1.0;

  /** Writes the configuration; nothing is started yet. Ctrl-C cleans up from now on. */
  Owned open(String what, Progress progress) {
    return open(what, Launcher.ofThisProgram(), "", progress);
  }

  /**
   * The same, with another program of the jar as the nodes, or more settings.
   *
   * @param nodeSettings for each node's file, in HOCON
   */
  Owned open(String what, Launcher launcher, String nodeSettings, Progress progress) {
    if (!(timeScale >= 0.1 && timeScale <= 100)) {
      throw new CliException(ExitCode.USAGE, "--time-scale is 0.1 to 100");
    }
    Layout layout = FreshLayout.write(directory(what), timeScale, nodeSettings);
    var owned =
        new Owned(
            new LocalCluster(layout, launcher, NodesCommand.START_LIMIT),
            keep,
            dir.isEmpty(),
            progress);
    Runtime.getRuntime().addShutdownHook(owned.hook);
    return owned;
  }

  /** For one of several clusters: its directory is below the named one. */
  FreshOptions part(String name) {
    var part = new FreshOptions();
    part.dir = dir.map(above -> above.resolve(name));
    part.keep = keep;
    part.timeScale = timeScale;
    return part;
  }

  private Path directory(String what) {
    try {
      return dir.isPresent()
          ? dir.get().toAbsolutePath().normalize()
          : Files.createTempDirectory("usher-" + what + "-");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED, "no temporary directory can be made (" + e + "); name one with --dir");
    }
  }

  /** A cluster with somebody who stops it and cleans up, whatever happens. */
  static final class Owned implements AutoCloseable {
    private final LocalCluster cluster;
    private final boolean keep;
    private final boolean temporary;
    private final Progress progress;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread hook = new Thread(this::interrupted, "stop-local-cluster");
    private boolean succeeded;

    private Owned(LocalCluster cluster, boolean keep, boolean temporary, Progress progress) {
      this.cluster = cluster;
      this.keep = keep;
      this.temporary = temporary;
      this.progress = progress;
    }

    LocalCluster cluster() {
      return cluster;
    }

    /** All went well: the logs are of no more use. */
    void succeeded() {
      succeeded = true;
    }

    /** Ctrl-C: whoever interrupts wants nothing left running, --keep or not. */
    private void interrupted() {
      if (over.compareAndSet(false, true)) {
        progress.say("Interrupted; stopping the nodes");
        cluster.close();
        remove();
      }
    }

    private void remove() {
      if (temporary) {
        FreshLayout.delete(cluster.layout());
      }
    }

    @Override
    public void close() {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      Layout layout = cluster.layout();
      if (keep) {
        progress.say(
            ("Left running:%n  export USHER_NODES=%s%n  bin/usher login --email %s --password-file"
                    + " %s%n  bin/usher cluster status%n  bin/usher nodes stop --conf %s --dir %s")
                .formatted(
                    NodesCommand.addresses(layout),
                    layout.operatorEmail(),
                    layout.operatorPasswordFile(),
                    layout.workDir().resolve("conf"),
                    layout.workDir()));
      } else {
        progress.begin("Stopping the nodes");
        cluster.close();
        if (succeeded) {
          remove();
        }
        progress.done(
            "Stopped everything"
                + (succeeded ? "" : "; configuration, data and logs are in " + layout.workDir()));
      }
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // The hook runs already, and has nothing left to do.
      }
    }
  }
}
