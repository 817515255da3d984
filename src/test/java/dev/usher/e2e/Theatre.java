package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsResponse;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Three real processes of target/usher.jar and the payment sandbox, with one event on sale, shared
 * by all end-to-end tests: {@code @ExtendWith(Theatre.Opened.class)} gives it to a test's parameter
 * with all nodes running. Timing is stretched, because the machine may be busy: the tests are about
 * order and outcome.
 */
final class Theatre implements AutoCloseable {
  static final String GROUP = "groups/seats-0";
  private static final double TIME_SCALE = 3;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** How long anything that must happen may take. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long a call may take that waits for the whole cluster to come back. */
  static final Duration LONG = Duration.ofMinutes(3);

  /** Longer than a debt's grace and the interval of its reconciliation together. */
  private static final Duration QUIET = Duration.ofSeconds(7);

  private final LocalCluster cluster;
  private final Thread onExit;
  private final BoxOffice office;
  private int nextSeat;

  private Theatre(LocalCluster cluster, Thread onExit, BoxOffice office) {
    this.cluster = cluster;
    this.onExit = onExit;
    this.office = office;
  }

  /** Opens the theatre for the first test, and closes it after the last. */
  static final class Opened implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Theatre.class;
    }

    @Override
    public Theatre resolveParameter(ParameterContext parameter, ExtensionContext test) {
      var theatre =
          test.getRoot()
              .getStore(ExtensionContext.Namespace.create(Theatre.class))
              .computeIfAbsent(Theatre.class, key -> open(), Theatre.class);
      // A test that failed may have left a node dead; the next one is not to suffer for it.
      theatre.cluster().start(news -> {});
      return theatre;
    }
  }

  private static Theatre open() {
    var cluster =
        new LocalCluster(
            FreshLayout.write(newDirectory(), TIME_SCALE), Launcher.ofThisProgram(), START_LIMIT);
    var onExit = new Thread(cluster::close, "stop-nodes");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      cluster.start(news -> {});
      return new Theatre(
          cluster, onExit, BoxOffice.open(cluster, plan(), Amounts.parse("45", "EUR")));
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("usher-e2e-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] plan() {
    try {
      return Files.readAllBytes(Path.of("conf", "venues", "playhouse.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  /** A free seat that no test has used yet; the assistant holds some of its own choice. */
  synchronized String freshSeat() {
    List<Seat> seats = office.seats();
    while (seats.get(nextSeat).getState() != Seat.State.STATE_FREE) {
      nextSeat++;
    }
    return seats.get(nextSeat++).getName();
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

  /** The commit index of the seats, once it has not moved for as long as debts may still come. */
  long quietCommitIndex() {
    var last = new AtomicLong(-1);
    var since = new AtomicLong();
    return Poll.until(
            LIMIT,
            () -> {
              long now = leaderExcept(Set.of()).commitIndex();
              if (last.getAndSet(now) != now) {
                since.set(System.nanoTime());
              }
              return System.nanoTime() - since.get() >= QUIET.toNanos()
                  ? Optional.of(now)
                  : Optional.<Long>empty();
            })
        .orElseThrow(() -> new AssertionError("the log of the seats does not come to rest"));
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

  /**
   * The end of every row of the crash matrix: nothing is under way, and the audit finds nothing.
   */
  void assertSeatsAndMoneyAgree() {
    assertThat(Poll.holds(LIMIT, () -> underWay(reconcile()) == 0))
        .as("every saga ends and every debt is paid (G6)")
        .isTrue();
    assertThat(reconcile().getDifferencesList()).isEmpty();
    assertThat(office.books().openAuthorizations()).isZero();
  }

  private ReconcilePaymentsResponse reconcile() {
    return office
        .operator()
        .call(Api.RECONCILE_PAYMENTS, ReconcilePaymentsRequest.getDefaultInstance());
  }

  private static int underWay(ReconcilePaymentsResponse report) {
    return report.getOpenSagaCount() + report.getDebtCount();
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
