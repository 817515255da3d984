package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.cluster.v1.AddMemberRequest;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.Group;
import dev.usher.api.cluster.v1.Node;
import dev.usher.api.cluster.v1.PromoteMemberRequest;
import dev.usher.api.cluster.v1.RemoveMemberRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.cli.TestCard;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Poll;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.demo.BoxOffice;
import dev.usher.cli.local.FreshLayout;
import dev.usher.cli.local.Launcher;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Amounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come and go, as real processes, while people buy. Before the others' cluster starts. */
@Order(1)
class GrowthIT {
  private static final double TIME_SCALE = 3;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BUYERS = 3;

  /** There are 159 seats; a change that takes long must not sell them all. */
  private static final int SEATS_A_CHANGE_MAX = 21;

  @TempDir Path directory;
  private final List<Booking> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger nextSeat = new AtomicInteger();
  private LocalCluster cluster;
  private BoxOffice office;
  private UsherClient operator;
  private List<Buyer> buyers;
  private List<Seat> seats;

  @BeforeEach
  void open() throws IOException {
    cluster =
        new LocalCluster(
            FreshLayout.write(directory.resolve("local"), TIME_SCALE, "", 3),
            Launcher.ofThisProgram(),
            START_LIMIT);
    cluster.start(news -> {});
    byte[] plan = Files.readAllBytes(Path.of("conf", "venues", "playhouse.json"));
    office = BoxOffice.open(cluster, plan, Amounts.parse("45", "EUR"));
    operator = office.operator().within(LIMIT).withAttemptLimit(Duration.ofSeconds(20));
    buyers = office.buyers(BUYERS, TestCard.OK.card());
    seats = office.seats();
  }

  @AfterEach
  void close() {
    if (office != null) {
      office.close();
    }
    cluster.close();
  }

  @Test
  void threeNodesBecomeFiveAndThreeOthersAndNobodyNoticesAnything() throws Exception {
    grow("node-4");
    grow("node-5");
    assertThat(voters()).hasSize(5);

    shrink("node-1");
    grow("node-6");
    shrink("node-2");
    shrink("node-3");

    assertThat(voters()).containsExactly("nodes/node-4", "nodes/node-5", "nodes/node-6");
    assertThat(status().getNodesList())
        .extracting(Node::getName)
        .containsExactly("nodes/node-4", "nodes/node-5", "nodes/node-6");
    assertThat(status().getNodesList()).noneMatch(node -> node.getClientAddress().isEmpty());
    everythingAddsUp();
    aNodeFollowsItsLogAndNotItsFileWhenItStartsAgain();
  }

  private void grow(String id) throws Exception {
    ProcessSpec node = cluster.layout().node(id).orElseThrow();
    cluster.startNode(node, news -> {});
    whilePeopleBuy(
        () -> {
          operator.call(
              Api.ADD_MEMBER,
              AddMemberRequest.newBuilder()
                  .setName("nodes/" + id)
                  .setPeerAddress(node.host() + ":" + node.peerPort())
                  .setRequestId("add-" + id)
                  .build());
          return operator.call(
              Api.PROMOTE_MEMBER,
              PromoteMemberRequest.newBuilder()
                  .setName("nodes/" + id)
                  .setRequestId("promote-" + id)
                  .build());
        });
    cluster.restart(node, news -> {});
  }

  private void shrink(String id) throws Exception {
    ProcessSpec node = cluster.layout().node(id).orElseThrow();
    whilePeopleBuy(
        () ->
            operator.call(
                Api.REMOVE_MEMBER,
                RemoveMemberRequest.newBuilder()
                    .setName("nodes/" + id)
                    .setRequestId("remove-" + id)
                    .build()));
    assertThat(Poll.until(LIMIT, () -> Optional.of(ready(node)).filter(GrowthIT::isRemoved)))
        .as("%s says that it was removed", id)
        .isPresent();
    cluster.stop(List.of(node));
  }

  /** Every call is answered, or this fails; so does the change. */
  private void whilePeopleBuy(Callable<ClusterStatus> change)
      throws ExecutionException, InterruptedException {
    var changed = new AtomicBoolean();
    var left = new AtomicInteger(SEATS_A_CHANGE_MAX);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> shoppers = new ArrayList<>();
      for (Buyer buyer : buyers) {
        shoppers.add(
            threads.submit(
                () -> {
                  do {
                    String seat = seats.get(nextSeat.getAndIncrement()).getName();
                    acknowledged.add(buyer.book(office.event().getName(), seat));
                  } while (!changed.get() && left.decrementAndGet() >= BUYERS);
                }));
      }
      try {
        threads.submit(change).get();
      } finally {
        changed.set(true);
      }
      for (Future<?> shopper : shoppers) {
        shopper.get();
      }
    }
  }

  private void everythingAddsUp() {
    Set<String> sold =
        acknowledged.stream()
            .flatMap(booking -> booking.getSeatsList().stream())
            .collect(Collectors.toSet());
    assertThat(sold).hasSameSizeAs(acknowledged);
    assertThat(office.seats())
        .filteredOn(seat -> seat.getState() == Seat.State.STATE_BOOKED)
        .extracting(Seat::getName)
        .containsExactlyInAnyOrderElementsOf(sold);
    assertThat(
            Poll.until(
                LIMIT,
                () ->
                    Optional.of(office.books())
                        .filter(books -> books.openAuthorizations() == 0)
                        .filter(books -> books.captures() == sold.size())))
        .as("every booking is paid once, and nothing else is reserved")
        .isPresent();
    assertThat(
            Poll.until(
                LIMIT,
                () ->
                    Optional.of(
                            operator.call(
                                Api.RECONCILE_PAYMENTS,
                                ReconcilePaymentsRequest.getDefaultInstance()))
                        .filter(found -> found.getDifferencesCount() == 0)))
        .as("payments, bookings and seats agree")
        .isPresent();
  }

  private void aNodeFollowsItsLogAndNotItsFileWhenItStartsAgain() {
    ProcessSpec node = cluster.layout().node("node-4").orElseThrow();
    cluster.stop(List.of(node));
    cluster.restart(node, news -> {});
    assertThat(voters()).hasSize(3);
  }

  private List<String> voters() {
    List<List<String>> ofGroups =
        status().getGroupsList().stream().map(Group::getVotersList).map(List::copyOf).toList();
    assertThat(ofGroups).hasSize(2).containsOnly(ofGroups.getFirst());
    return ofGroups.getFirst();
  }

  private ClusterStatus status() {
    return operator.call(Api.GET_CLUSTER_STATUS, GetClusterStatusRequest.getDefaultInstance());
  }

  private static boolean isRemoved(String ready) {
    return ready.contains("was removed from its cluster");
  }

  private static String ready(ProcessSpec node) {
    var uri = URI.create("http://" + node.host() + ":" + node.operationsPort() + "/ready");
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
