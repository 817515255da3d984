package dev.usher.cli.local;

import dev.usher.cli.local.Probe.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Starts, kills, restarts and stops the processes of a {@link Layout}. Ends only what its pid files
 * name. For one thread, except that {@link #close} may be called by any, as by a shutdown hook.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String STOPPING = "the cluster is being stopped";
  private static final int LOG_LINES = 15;
  private static final int LOG_TAIL_BYTES = 16 * 1024;

  private final Layout layout;
  private final Launcher launcher;
  private final Duration startLimit;

  /** Guarded by this: once closed, nothing is started any more. */
  private boolean closed;

  /**
   * @param startLimit how long a process may take until it serves
   */
  public LocalCluster(Layout layout, Launcher launcher, Duration startLimit) {
    this.layout = layout;
    this.launcher = launcher;
    this.startLimit = startLimit;
  }

  public Layout layout() {
    return layout;
  }

  /**
   * Starts the sandbox and all nodes that do not run yet, and waits until all are ready. When one
   * can't, everything that this call started is stopped.
   *
   * @param news gets a sentence now and then about what is waited for
   * @throws LocalClusterException naming what failed
   */
  public void start(Consumer<String> news) {
    start(layout.processes(), Level.READY, news);
  }

  /** Starts the nodes alone, without the sandbox, and waits until all are ready. */
  public void startNodes(Consumer<String> news) {
    start(layout.standing(), Level.READY, news);
  }

  /**
   * Starts one node (and the sandbox when it does not run), and waits until it answers; it is ready
   * only once a majority runs.
   */
  public void startNode(ProcessSpec node, Consumer<String> news) {
    start(List.of(layout.sandbox(), node), Level.LIVE, news);
  }

  /** Starts a node again that was killed or stopped, and waits until it is ready. */
  public void restart(ProcessSpec node, Consumer<String> news) {
    start(List.of(node), Level.READY, news);
  }

  /** Starts a node again that was killed or stopped, and waits for nothing. */
  public void relaunch(ProcessSpec node) {
    Preflight.check(List.of(node));
    launch(node);
  }

  /**
   * What a node lacks to be ready; empty when it is.
   *
   * @throws LocalClusterException when its process ended
   */
  public Optional<String> missing(ProcessSpec node) {
    var missing = Probe.missing(node, Level.READY);
    if (missing.isPresent() && running(node).isEmpty()) {
      throw new LocalClusterException(isClosed() ? STOPPING : ended(node));
    }
    return missing;
  }

  /** How long a process may take until it serves. */
  public Duration startLimit() {
    return startLimit;
  }

  private void start(List<ProcessSpec> wanted, Level level, Consumer<String> news) {
    List<ProcessSpec> missing = wanted.stream().filter(p -> running(p).isEmpty()).toList();
    Preflight.check(missing);
    layout.ensureSecrets();
    var started = new ArrayList<ProcessSpec>();
    boolean complete = false;
    try {
      for (ProcessSpec spec : missing) {
        started.add(spec);
        launch(spec);
      }
      long end = System.nanoTime() + startLimit.toNanos();
      for (ProcessSpec spec : wanted) {
        await(spec, level, end, news);
      }
      complete = true;
    } finally {
      if (!complete) {
        stop(started);
      }
    }
  }

  private synchronized void launch(ProcessSpec spec) {
    if (closed) {
      throw new LocalClusterException(STOPPING);
    }
    Process process = launcher.start(spec, layout.workDir());
    PidFile.write(spec.pidFile(), process.toHandle());
  }

  private void await(ProcessSpec spec, Level level, long end, Consumer<String> news) {
    ProcessHandle process = running(spec).orElseThrow(() -> new LocalClusterException(ended(spec)));
    while (true) {
      Optional<String> missing = Probe.missing(spec, level);
      if (missing.isEmpty()) {
        return;
      }
      news.accept(spec.name() + ": " + missing.get());
      if (System.nanoTime() >= end) {
        throw new LocalClusterException(
            "%s did not serve within %d s: %s. The end of its log %s:%n%s"
                .formatted(
                    spec.name(), startLimit.toSeconds(), missing.get(), spec.log(), tail(spec)));
      }
      if (exits(process, POLL)) {
        throw new LocalClusterException(isClosed() ? STOPPING : ended(spec));
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static String ended(ProcessSpec spec) {
    return "%s ended while it started. The end of its log %s:%n%s"
        .formatted(spec.name(), spec.log(), tail(spec));
  }

  /** Waits at most this long for the end of a process; whether it ended. */
  private static boolean exits(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("interrupted while waiting for a process", e);
    }
  }

  /** The last lines of a process's log. */
  private static String tail(ProcessSpec spec) {
    try (var log = Files.newByteChannel(spec.log())) {
      log.position(Math.max(0, log.size() - LOG_TAIL_BYTES));
      var bytes = java.nio.channels.Channels.newInputStream(log).readAllBytes();
      var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  /** The process of a node or the sandbox, when it runs and was started from here. */
  public Optional<ProcessHandle> running(ProcessSpec spec) {
    return PidFile.alive(spec.pidFile());
  }

  /** Ends a process at once, as a power cut would (SIGKILL); returns when it is gone. */
  public void kill(ProcessSpec spec) {
    ProcessHandle process =
        running(spec)
            .orElseThrow(() -> new LocalClusterException(spec.name() + " does not run already"));
    process.destroyForcibly();
    if (!exits(process, STOP_GRACE)) {
      throw new LocalClusterException(
          spec.name() + " (pid " + process.pid() + ") does not go away on SIGKILL");
    }
    PidFile.delete(spec.pidFile());
  }

  /** Stops everything, the sandbox last; the names of what was running. */
  public List<String> stop() {
    var stopped = new ArrayList<>(stop(layout.nodes()));
    stopped.addAll(stop(List.of(layout.sandbox())));
    return stopped;
  }

  /** SIGTERM for all, and SIGKILL for those that are still there after ten seconds. */
  public List<String> stop(List<ProcessSpec> specs) {
    var names = new ArrayList<String>();
    var asked = new ArrayList<ProcessHandle>();
    for (ProcessSpec spec : specs) {
      running(spec)
          .ifPresent(
              process -> {
                names.add(spec.name());
                process.destroy();
                asked.add(process);
              });
    }
    long end = System.nanoTime() + STOP_GRACE.toNanos();
    for (ProcessHandle process : asked) {
      if (!exits(process, Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())))) {
        process.destroyForcibly();
        exits(process, STOP_GRACE);
      }
    }
    specs.forEach(spec -> PidFile.delete(spec.pidFile()));
    return names;
  }

  /** CPU time that the nodes used since they started; a node that was restarted begins anew. */
  public Duration nodesCpu() {
    return layout.nodes().stream()
        .flatMap(node -> running(node).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The part of {@link #nodesCpu} that their compilers took; zero where the system can't tell. */
  public Duration nodesCompilerCpu() {
    return layout.nodes().stream()
        .flatMap(node -> running(node).stream())
        .map(process -> Footprint.compilerCpu(process.pid()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What a metric of all nodes comes to. */
  public long nodesMetric(String name) {
    return layout.nodes().stream().mapToLong(node -> Probe.metric(node, name)).sum();
  }

  /** Memory that the nodes have at the moment; 0 where the system can't tell. */
  public long nodesResidentBytes() {
    return layout.nodes().stream()
        .flatMap(node -> running(node).stream())
        .mapToLong(process -> Footprint.residentBytes(process.pid()))
        .sum();
  }

  /** Size of the nodes' files. */
  public long nodesDataBytes() {
    return layout.nodes().stream().mapToLong(node -> Footprint.fileBytes(node.dataDir())).sum();
  }

  /** Stops everything for good. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    stop();
  }
}
