package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.usher.api.booking.v1.Seat;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.Poll;
import dev.usher.cli.client.Seats;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.local.FreshLayout;
import dev.usher.cli.local.Launcher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The operator's way from a cluster that runs to another one, with the command line alone. */
@ExtendWith(Theatre.Opened.class)
class SnapshotIT {
  /** A node's start on a machine that is busy with another cluster. */
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Launcher program = Launcher.ofThisProgram();

  @TempDir Path directory;

  private record Ran(int code, String output) {}

  @Test
  void whatIsSavedIsSoldInTheNewCluster(Theatre theatre) throws Exception {
    var buyer = theatre.buyers(1).getFirst();
    theatre.confirmed(buyer, buyer.book(theatre.event(), theatre.freshSeat()));
    theatre.settledBooks();
    Set<String> booked = theatre.bookedSeats();
    Path file = directory.resolve("all.usnap");
    logIn(theatre);

    assertThat(usher(theatre, "cluster", "verify").code()).isZero();
    assertThat(usher(theatre, "cluster", "watch", "--count", "1").output()).contains("seats-0");
    var saved = usher(theatre, "snapshot", "save", file.toString(), "--all");
    assertThat(saved.code()).as(saved.output()).isZero();
    var seen = usher(theatre, "snapshot", "inspect", file.toString());
    assertThat(seen.output()).contains("Every checksum is right.").contains("bookings");
    Path config = configuration(theatre);
    var restored =
        usher(theatre, "snapshot", "restore", file.toString(), "--config", config.toString());
    assertThat(restored.code()).as(restored.output()).isZero();

    Process node = start(config);
    try (var connections = new Connections(List.of(client(config)))) {
      var visitor = UsherClient.of(connections, Duration.ofSeconds(5));
      assertThat(Poll.until(START_LIMIT, () -> bookedSeats(visitor, theatre.event())))
          .as("what the new cluster has sold; its log: %s", log())
          .contains(booked);
    } finally {
      node.destroy();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Optional<Set<String>> bookedSeats(UsherClient visitor, String event) {
    try {
      return Optional.of(
          Seats.of(visitor, event, false).stream()
              .filter(seat -> seat.getState() == Seat.State.STATE_BOOKED)
              .map(Seat::getName)
              .collect(Collectors.toSet()));
    } catch (CallFailedException notYet) {
      return Optional.empty();
    }
  }

  /** A new cluster of one node, with the old one's secrets and payment provider. */
  private Path configuration(Theatre theatre) throws IOException {
    var layout = theatre.cluster().layout();
    var ports = FreshLayout.freePorts(4);
    Map<String, Object> node =
        Map.of(
            "id", "solo",
            "host", "127.0.0.1",
            "client-port", ports.get(0),
            "peer-port", ports.get(1),
            "operations-port", ports.get(2),
            "cluster-port", ports.get(3));
    var config =
        ConfigFactory.parseFile(layout.nodes().getFirst().config().toFile())
            .withValue("usher.node.id", ConfigValueFactory.fromAnyRef("solo"))
            .withValue(
                "usher.node.data-dir",
                ConfigValueFactory.fromAnyRef(directory.resolve("solo").toString()))
            .withValue("usher.cluster.name", ConfigValueFactory.fromAnyRef("usher-again"))
            .withValue("usher.cluster.nodes", ConfigValueFactory.fromIterable(List.of(node)));
    return Files.writeString(directory.resolve("solo.conf"), config.root().render());
  }

  private static NodeAddress client(Path config) {
    var node =
        ConfigFactory.parseFile(config.toFile()).getConfigList("usher.cluster.nodes").getFirst();
    return new NodeAddress(node.getString("host"), node.getInt("client-port"));
  }

  private Process start(Path config) throws IOException {
    var command = java();
    program.jvmOptions().ifPresent(options -> command.add("@" + options));
    command.addAll(
        List.of("-jar", program.jar().toString(), "node", "--config", config.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("solo.log").toFile())
        .redirectInput(new File("/dev/null"))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("solo.log"));
  }

  private void logIn(Theatre theatre) throws Exception {
    var layout = theatre.cluster().layout();
    var ran =
        usher(
            theatre,
            "login",
            "--email",
            layout.operatorEmail(),
            "--password-file",
            layout.operatorPasswordFile().toString());
    assertThat(ran.code()).as(ran.output()).isZero();
  }

  private Ran usher(Theatre theatre, String... arguments) throws Exception {
    var command = java();
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", program.jar().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("USHER_HOME", directory.resolve("home").toString());
    builder
        .environment()
        .put(
            "USHER_NODES",
            theatre.cluster().layout().nodes().stream()
                .map(node -> node.host() + ":" + node.clientPort())
                .collect(Collectors.joining(",")));
    Process process = builder.redirectInput(new File("/dev/null")).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), output);
  }

  private List<String> java() {
    return new ArrayList<>(List.of(program.java().toString()));
  }
}
