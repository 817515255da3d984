package dev.usher.cli.demo;

import dev.usher.api.booking.v1.Seat;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Leadership;
import dev.usher.cli.client.Leadership.Leader;
import dev.usher.cli.client.Poll;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The leader is killed with SIGKILL while people buy, and comes back. */
final class Failover {
  /** The group that the events of a small cluster live in. */
  private static final String GROUP = "groups/seats-0";

  private static final int BOOKINGS_BEFORE = 10;
  private static final int BOOKINGS_AFTER = 10;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final BoxOffice office;
  private final Checks checks;
  private final Progress progress;

  Failover(BoxOffice office, Checks checks, Progress progress) {
    this.office = office;
    this.checks = checks;
    this.progress = progress;
  }

  /**
   * Kills, measures, books at the new leader, brings the killed node back.
   *
   * @param crowd buyers who book all the time
   * @param witness books right after the kill, and at the new leader
   * @param free seats to book
   * @param sold gets every seat whose booking was acknowledged
   */
  void run(List<Buyer> crowd, Buyer witness, Queue<String> free, Set<String> sold) {
    Leader old = leader(Set.of()).orElseThrow(() -> new IllegalStateException("nobody leads"));
    ProcessSpec killed = office.cluster().layout().node(old.id()).orElseThrow();
    underLoad(crowd, witness, free, sold, killed);
    Optional<Leader> found = leader(Set.of(old.id()));
    checks.check(
        "another-leads",
        found.filter(now -> now.term() > old.term()).isPresent(),
        found
            .map(now -> "%s leads now, in term %d".formatted(now.id(), now.term()))
            .orElse("Nobody leads " + Names.id(GROUP)));
    found.ifPresent(now -> bookAtTheNewLeader(now, witness, free.remove(), sold));
    comesBack(killed);
  }

  private void underLoad(
      List<Buyer> crowd, Buyer witness, Queue<String> free, Set<String> sold, ProcessSpec killed) {
    String event = office.event().getName();
    progress.begin(crowd.size() + " buyers book one seat after the other");
    String witnessSeat = free.remove();
    var buying = Crowd.start(event, crowd, free);
    long before;
    long gone;
    try (buying) {
      Poll.holds(LIMIT, () -> buying.count() >= BOOKINGS_BEFORE);
      progress.news("killing " + killed.name());
      before = System.nanoTime();
      office.cluster().kill(killed);
      gone = System.nanoTime();
      // The witness asks a node that lives, as a new customer would; the crowd finds out itself.
      buying.one(witness.startingAt(indexOf(killed) + 1), witnessSeat);
      final long since = gone;
      Poll.holds(LIMIT, () -> buying.countSince(since) >= BOOKINGS_AFTER);
    }
    sold.addAll(buying.bookedSeats());
    report(buying, crowd.size(), killed, before, gone);
  }

  private void report(Crowd buying, int crowdSize, ProcessSpec killed, long before, long gone) {
    long after = buying.countSince(gone);
    checks.check(
        "sales-go-on",
        buying.count() - after >= BOOKINGS_BEFORE && after >= BOOKINGS_AFTER,
        "Killed the leader %s (SIGKILL) while %d buyers were booking: %d bookings before, %d after"
            .formatted(killed.name(), crowdSize, buying.count() - after, after));
    // From before the signal to the first answer to a question asked after the process was gone.
    var first = buying.firstAnswerSince(gone);
    checks.check(
        "first-booking-after-the-kill",
        first.isPresent(),
        first.isPresent()
            ? "First booking %d ms after the kill"
                .formatted(TimeUnit.NANOSECONDS.toMillis(first.getAsLong() - before))
            : "No booking after the kill");
    List<String> errors = buying.errors();
    checks.check(
        "no-client-error",
        errors.isEmpty(),
        "Errors that clients saw: "
            + errors.size()
            + (errors.isEmpty() ? "" : ", for example " + errors.getFirst()));
  }

  private int indexOf(ProcessSpec node) {
    return office.cluster().layout().nodes().indexOf(node);
  }

  private void bookAtTheNewLeader(Leader leader, Buyer buyer, String seat, Set<String> sold) {
    progress.begin("Booking at the new leader");
    int index = indexOf(office.cluster().layout().node(leader.id()).orElseThrow());
    var booking = buyer.startingAt(index).book(office.event().getName(), seat);
    sold.add(seat);
    Set<String> booked =
        office.seats().stream()
            .filter(s -> s.getState() == Seat.State.STATE_BOOKED)
            .map(Seat::getName)
            .collect(Collectors.toSet());
    checks.check(
        "new-leader-sells",
        booking.getSeatsList().equals(List.of(seat)) && booked.containsAll(sold),
        "Booked seat %s at %s; all %d seats sold so far are still booked"
            .formatted(Names.id(seat), leader.id(), sold.size()));
  }

  private void comesBack(ProcessSpec killed) {
    progress.begin("Starting " + killed.name() + " again");
    office.cluster().restart(killed, progress::news);
    long goal = Leadership.of(status(), GROUP).map(Leader::commitIndex).orElse(Long.MAX_VALUE);
    Optional<GroupStatus> part =
        Poll.until(
            LIMIT,
            () ->
                Leadership.part(status(), killed.name(), GROUP)
                    .filter(p -> p.getAppliedIndex() >= goal && p.getLag() == 0));
    checks.check(
        "killed-node-caught-up",
        part.isPresent(),
        part.map(
                p ->
                    "%s is back as %s of term %d and caught up: applied %d, lag %d"
                        .formatted(
                            killed.name(),
                            p.getRole() == GroupStatus.Role.ROLE_LEADER ? "leader" : "follower",
                            p.getTerm(),
                            p.getAppliedIndex(),
                            p.getLag()))
            .orElse(killed.name() + " did not catch up"));
  }

  private Optional<Leader> leader(Set<String> except) {
    return Poll.until(
        LIMIT,
        () -> Leadership.of(status(), GROUP).filter(leader -> !except.contains(leader.id())));
  }

  private ClusterStatus status() {
    return office
        .operator()
        .call(Api.GET_CLUSTER_STATUS, GetClusterStatusRequest.getDefaultInstance());
  }
}
