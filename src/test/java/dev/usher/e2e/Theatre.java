package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.cli.TestCard;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Leadership;
import dev.usher.cli.client.Poll;
import dev.usher.cli.demo.BoxOffice;
import dev.usher.cli.local.FreshLayout;
import dev.usher.cli.local.Launcher;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.local.SandboxLedger.Books;
import dev.usher.cli.term.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Three real processes of target/usher.jar and the payment sandbox, with one event on sale. Timing
 * is stretched, because the machine may be busy: the tests are about order and outcome.
 */
final class Theatre implements AutoCloseable {
  static final String GROUP = "groups/seats-0";
  private static final double TIME_SCALE = 3;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** How long anything that must happen may take. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalCluster cluster;
  private final Thread onExit;
  private final BoxOffice office;
  private int nextSeat;

  private Theatre(LocalCluster cluster, Thread onExit, BoxOffice office) {
    this.cluster = cluster;
    this.onExit = onExit;
    this.office = office;
  }

  static Theatre open() throws IOException {
    Path dir = Files.createTempDirectory("usher-e2e-");
    var cluster =
        new LocalCluster(FreshLayout.write(dir, TIME_SCALE), Launcher.ofThisProgram(), START_LIMIT);
    var onExit = new Thread(cluster::close, "stop-nodes");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      cluster.start(news -> {});
      byte[] plan = Files.readAllBytes(Path.of("conf", "venues", "playhouse.json"));
      return new Theatre(
          cluster, onExit, BoxOffice.open(cluster, plan, Amounts.parse("45", "EUR")));
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  BoxOffice office() {
    return office;
  }

  LocalCluster cluster() {
    return cluster;
  }

  String event() {
    return office.event().getName();
  }

  List<Buyer> buyers(int count) {
    return office.buyers(count, TestCard.OK.card());
  }

  /** A seat that no test has used yet. */
  synchronized String freshSeat() {
    return office.seats().get(nextSeat++).getName();
  }

  Seat.State stateOf(String seat) {
    return office.seats().stream()
        .filter(s -> s.getName().equals(seat))
        .findFirst()
        .orElseThrow()
        .getState();
  }

  Set<String> bookedSeats() {
    return office.seats().stream()
        .filter(s -> s.getState() == Seat.State.STATE_BOOKED)
        .map(Seat::getName)
        .collect(Collectors.toSet());
  }

  ClusterStatus status() {
    return office
        .operator()
        .call(Api.GET_CLUSTER_STATUS, GetClusterStatusRequest.getDefaultInstance());
  }

  /** The leader of the seats, once there is one that is not among these. */
  Leadership.Leader leaderExcept(Set<String> nodes) {
    return Poll.until(
            LIMIT,
            () -> Leadership.of(status(), GROUP).filter(leader -> !nodes.contains(leader.id())))
        .orElseThrow(() -> new AssertionError("nobody leads " + GROUP));
  }

  ProcessSpec node(String id) {
    return cluster.layout().node(id).orElseThrow();
  }

  int indexOf(String id) {
    return cluster.layout().nodes().indexOf(node(id));
  }

  /** Waits until the money of every refused buyer is free again. */
  Books settledBooks() {
    Optional<Books> settled =
        Poll.until(
            LIMIT, () -> Optional.of(office.books()).filter(b -> b.openAuthorizations() == 0));
    assertThat(settled).as("open authorizations go to 0").isPresent();
    return settled.orElseThrow();
  }

  /** Waits until a booking is paid. */
  Booking confirmed(Buyer buyer, Booking booking) {
    return Poll.until(
            LIMIT,
            () ->
                Optional.of(
                        buyer
                            .client()
                            .call(
                                Api.GET_BOOKING,
                                dev.usher.api.booking.v1.GetBookingRequest.newBuilder()
                                    .setName(booking.getName())
                                    .build()))
                    .filter(b -> b.getState() == Booking.State.STATE_CONFIRMED))
        .orElseThrow(() -> new AssertionError(booking.getName() + " is not confirmed"));
  }

  /** Stops the processes; their logs stay when a test fails to open, else all is removed. */
  @Override
  public void close() {
    office.close();
    cluster.close();
    Runtime.getRuntime().removeShutdownHook(onExit);
    FreshLayout.delete(cluster.layout());
  }
}
