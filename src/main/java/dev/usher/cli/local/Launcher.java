package dev.usher.cli.local;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a process of the jar is started.
 *
 * @param java the java executable
 * @param jar the runnable jar
 * @param jvmOptions an argument file for java, when there is one
 * @param ownSession {@code setsid}, so that the process outlives the terminal and is out of reach
 *     of its Ctrl-C
 * @param nodeProgram what runs as a node, among the programs of the jar
 */
public record Launcher(
    Path java, Path jar, Optional<Path> jvmOptions, Optional<Path> ownSession, String nodeProgram) {
  /** The first JDK whose caches are made in one step (JEP 514). */
  private static final int AOT_CACHE_SINCE = 25;

  /**
   * The running java, the jar that this code is in (or the one that the system property {@code
   * usher.jar} names) and {@code conf/jvm.options} of the home directory.
   *
   * @throws LocalClusterException when there is no jar
   */
  public static Launcher ofThisProgram() {
    Path options = home().resolve("conf").resolve("jvm.options");
    return new Launcher(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        findJar(),
        Optional.of(options).filter(Files::isReadable),
        onPath("setsid"),
        "node");
  }

  /** The same, with another program of the jar as the node. */
  public Launcher running(String otherProgram) {
    return new Launcher(java, jar, jvmOptions, ownSession, otherProgram);
  }

  /**
   * Where {@code conf} and {@code data} are: the system property {@code usher.home} (set by the
   * scripts), else the directory above the jar's own, else the current one.
   */
  public static Path home() {
    String home = System.getProperty("usher.home");
    if (home != null) {
      return Path.of(home).toAbsolutePath().normalize();
    }
    return runningJar()
        .or(() -> Optional.ofNullable(System.getProperty("usher.jar")).map(Path::of))
        .map(jar -> jar.toAbsolutePath().normalize().getParent())
        .map(Path::getParent)
        .filter(dir -> Files.isDirectory(dir.resolve("conf")))
        .orElseGet(() -> Path.of("").toAbsolutePath());
  }

  private static Path findJar() {
    return runningJar()
        .or(() -> Optional.ofNullable(System.getProperty("usher.jar")).map(Path::of))
        .filter(Files::isReadable)
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () ->
                new LocalClusterException(
                    "there is no usher.jar to start nodes from; build it with `mvn package`, or"
                        + " name it with -Dusher.jar=FILE"));
  }

  private static Optional<Path> runningJar() {
    try {
      var source = Launcher.class.getProtectionDomain().getCodeSource();
      if (source == null) {
        return Optional.empty();
      }
      return Optional.of(Path.of(source.getLocation().toURI()))
          .filter(path -> path.toString().endsWith(".jar"));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .filter(dir -> !dir.isEmpty())
        .map(dir -> Path.of(dir, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * What the build's training run left beside the jar: classes already parsed and linked (JEP 483,
   * 515). A JVM that can't use it says so in the process's log and starts without.
   */
  private Optional<Path> aotCache() {
    return Runtime.version().feature() < AOT_CACHE_SINCE
        ? Optional.empty()
        : Optional.of(jar.resolveSibling("usher.aot")).filter(Files::isReadable);
  }

  /** Starts a process with its output appended to its log; it has no input. */
  Process start(ProcessSpec spec, Path workDir) {
    try {
      return new ProcessBuilder(command(spec))
          .directory(workDir.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .start();
    } catch (IOException e) {
      throw new LocalClusterException(
          spec.name() + " can't be started with " + java + " (" + e.getMessage() + ")", e);
    }
  }

  List<String> command(ProcessSpec spec) {
    var command = new ArrayList<String>();
    ownSession.ifPresent(setsid -> command.add(setsid.toString()));
    command.add(java.toString());
    // JDK 23 warns about what netty and protobuf do with it, and older ones don't know the option.
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    jvmOptions.ifPresent(options -> command.add("@" + options));
    aotCache().ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(spec.arguments(nodeProgram));
    return command;
  }
}
