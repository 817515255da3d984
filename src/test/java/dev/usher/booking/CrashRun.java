package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.CrashScenario.Plot;
import dev.usher.booking.CrashScenario.Victim;
import dev.usher.booking.SimNode.When;
import dev.usher.payment.PaymentProvider.PaymentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One {@link CrashScenario}, played to its end with one seed and judged. */
final class CrashRun {
  private static final Duration HOLD = Duration.ofMinutes(2);

  private final CrashScenario scenario;
  private final Duration outage;
  private final SimHouse house;
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private boolean isBroken;
  private boolean isReinstalling;
  private @Nullable CrashPoint reinstalledAt;
  private boolean isPrepared;

  CrashRun(CrashScenario scenario, long seed) {
    this(scenario, seed, Duration.ofSeconds(30));
  }

  /**
   * @param outage how long a provider that breaks is down
   */
  CrashRun(CrashScenario scenario, long seed, Duration outage) {
    this.scenario = scenario;
    this.outage = outage;
    this.house = new SimHouse(seed);
    for (int i = 0; i < 4; i++) {
      nodes.add(new SimNode(house, this::at));
    }
    house.clock.every(Duration.ofSeconds(1), this::sweep);
  }

  /** At every new step, all that is replicated goes through a snapshot (row 19). */
  CrashRun reinstalling() {
    isReinstalling = true;
    return this;
  }

  /** Whether its step was come to. */
  boolean isBroken() {
    return isBroken;
  }

  List<String> trace() {
    return List.copyOf(trace);
  }

  private void at(SimNode node, CrashPoint point, When when) {
    if (when == When.AFTER && scenario.victim() == Victim.COORDINATOR && !isPrepared) {
      prepare(node, point);
    }
    trace.add(house.clock.nowMs() + " node-" + nodes.indexOf(node) + " " + point + " " + when);
    if (isReinstalling && point != reinstalledAt) {
      reinstalledAt = point;
      house.wayToSeats.reinstall();
      house.wayToDirectory.reinstall();
    }
    if (isBroken || point != scenario.point() || when != scenario.when()) {
      return;
    }
    isBroken = true;
    switch (scenario.victim()) {
      case COORDINATOR -> node.die();
      case SEAT_LEADER -> house.wayToSeats.killLeader();
      case FOLLOWER -> {
        house.wayToSeats.killFollower();
        house.wayToDirectory.killFollower();
      }
      case PROVIDER -> house.payments.goDown(outage);
    }
  }

  /** Some steps only come after a death: the first one is at this step. */
  private void prepare(SimNode node, CrashPoint point) {
    var before =
        switch (scenario.point()) {
          case RECHECK, QUERY -> CrashPoint.AUTHORIZE;
          case REPEAT -> CrashPoint.COMMIT;
          case CHECK,
              INTEND,
              AUTHORIZE,
              KEEP_HOLD,
              AWAIT_BUYER,
              STOP_WAITING,
              DECLINE,
              COMMIT,
              CAPTURE,
              VOID,
              END ->
              null;
        };
    if (point == before) {
      isPrepared = true;
      node.die();
    }
  }

  private void sweep() {
    var alive = nodes.stream().filter(SimNode::isAlive).toList();
    for (var bookingId : house.open()) {
      if (alive.stream().noneMatch(node -> node.runs(bookingId))) {
        alive.get(house.clock.random().nextInt(alive.size())).wake(bookingId);
      }
    }
  }

  void play() {
    var order = scenario.plot() == Plot.HELD ? held() : order("ann", card(), "a-1");
    ask(0, order);
    switch (scenario.plot()) {
      case RIVAL -> ask(1, order("bob", "pm-bob", "a-1"));
      case TWICE -> ask(1, order);
      case AUTHENTICATED ->
          house.clock.after(Duration.ofSeconds(45), () -> house.bank.authenticate(true));
      case HELD -> {
        var rival = order("bob", "pm-bob", "a-1");
        house.clock.after(HOLD.multipliedBy(2), () -> ask(1, rival));
        house.clock.after(HOLD.multipliedBy(3), () -> house.bank.authenticate(true));
      }
      case PLAIN, DECLINED, ABANDONED -> {}
    }
    house.clock.run(outage.plusMinutes(20));

    var report = house.audit();
    assertThat(report.differences()).as("%s%n%s", scenario, trace).isEmpty();
    assertThat(report.owed()).as("debts after %s", scenario).isZero();
    assertThat(report.openSagas()).as("open sagas after %s", scenario).isZero();
    assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
    checkTheAnswer(order);
  }

  private String card() {
    return switch (scenario.plot()) {
      case DECLINED -> Bank.DECLINED_CARD;
      case AUTHENTICATED, ABANDONED, HELD -> Bank.THREE_D_SECURE_CARD;
      case PLAIN, RIVAL, TWICE -> "pm-ann";
    };
  }

  /** G7, and that something came of it. */
  private void checkTheAnswer(Wanted order) {
    Optional<Result> again = answerOf(order);
    assertThat(again).isPresent();
    assertThat(answerOf(order)).isEqualTo(again);
    switch (scenario.plot()) {
      case PLAIN, TWICE, AUTHENTICATED -> assertThat(stateOf(again.get())).isEqualTo("CONFIRMED");
      case HELD ->
          assertThat(stateOf(again.get()))
              .isEqualTo(paymentsOf(order) == 0 ? "HOLD_EXPIRED" : "CONFIRMED");
      case RIVAL ->
          assertThat(stateOf(again.get())).isIn("CONFIRMED", "SEAT_UNAVAILABLE", "HOLD_EXPIRED");
      case DECLINED, ABANDONED -> {
        assertThat(stateOf(again.get())).isEqualTo("PAYMENT_DECLINED");
        assertThat(bookings(order)).as("G5").isZero();
      }
    }
    assertThat(paymentsOf(order)).as("G4").isLessThanOrEqualTo(1);
  }

  private long paymentsOf(Wanted order) {
    return house.bank.payments().stream()
        .filter(payment -> payment.bookingId().equals(order.bookingId()))
        .count();
  }

  private long bookings(Wanted order) {
    return house
        .seatLog
        .readStale(view -> view.booking(order.eventId(), order.bookingId()))
        .toCompletableFuture()
        .join()
        .stream()
        .count();
  }

  private Optional<Result> answerOf(Wanted order) {
    var answers = new ArrayList<Result>();
    var node = new SimNode(house, (same, point, when) -> {});
    nodes.add(node);
    node.book(order, answers::add);
    house.clock.run(Duration.ofSeconds(30));
    // It died before its intent was written down: all is as new (row 1), and the buyer pays anew.
    if (answers.isEmpty()) {
      house.bank.authenticate(scenario.plot() == Plot.AUTHENTICATED);
      house.clock.run(Duration.ofMinutes(1));
    }
    return answers.stream().findFirst();
  }

  private void ask(int node, Wanted order) {
    house.clock.soon(() -> nodes.get(node).book(order, answer -> {}));
  }

  private static String stateOf(Result result) {
    return switch (result) {
      case Booked(var booking) -> booking.getState().name().replace("STATE_", "");
      case Refused(var refusal) -> refusal.getReason();
      case Result other -> other.toString();
    };
  }

  private Wanted held() {
    house.hold("ann", "h1", HOLD);
    return paying("ann", card(), List.of(), "h1");
  }

  private static Wanted order(String name, String card, String seatId) {
    return paying(name, card, List.of(seatId), "");
  }

  private static Wanted paying(String name, String card, List<String> seatIds, String holdId) {
    return new Wanted(
        name,
        Ids.bookingId(name, "r1"),
        Stage.EVENT,
        seatIds,
        holdId,
        card,
        OptionalLong.empty(),
        "");
  }
}
