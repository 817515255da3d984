package dev.usher.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process of a local cluster.
 *
 * @param name {@code node-1} or {@code sandbox}
 * @param config its configuration file
 * @param host where it listens
 * @param ports the ports that it needs free
 * @param dataDir its data
 * @param runDir its log and its pid file
 * @param joins a node that waits to be added to the cluster
 */
public record ProcessSpec(
    String name,
    Path config,
    String host,
    List<Port> ports,
    Path dataDir,
    Path runDir,
    boolean joins) {
  /** The name of the process that plays the payment provider. */
  public static final String SANDBOX = "sandbox";

  /** A port and the setting that names it. */
  public record Port(String setting, int number) {}

  public ProcessSpec {
    ports = List.copyOf(ports);
  }

  /** One that joins is part of the cluster from the day on which it is first started by itself. */
  boolean isStanding() {
    return !joins || Files.isDirectory(dataDir.resolve("log"));
  }

  boolean isSandbox() {
    return name.equals(SANDBOX);
  }

  /**
   * What the jar is started with.
   *
   * @param nodeProgram what a node is, among the programs of the jar
   */
  List<String> arguments(String nodeProgram) {
    return List.of(isSandbox() ? SANDBOX : nodeProgram, "--config", config.toString());
  }

  Path log() {
    return runDir.resolve(isSandbox() ? "sandbox.log" : "node.log");
  }

  Path pidFile() {
    return runDir.resolve(isSandbox() ? "sandbox.pid" : "node.pid");
  }

  private Optional<Integer> port(String setting) {
    return ports.stream().filter(p -> p.setting().equals(setting)).map(Port::number).findFirst();
  }

  /** The port for clients: gRPC of a node, HTTP of the sandbox. */
  public int clientPort() {
    return port(isSandbox() ? "port" : "client-port").orElseThrow();
  }

  /** The port where a node listens for its peers. */
  public int peerPort() {
    return port("peer-port").orElseThrow();
  }

  /** The port that tells /live and /ready. */
  public int operationsPort() {
    return port("operations-port").orElseThrow();
  }
}
