package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.SimNode.When;
import dev.usher.payment.PaymentProvider.PaymentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The crash matrix (docs/booking.md §2), in a simulation: one thread, one seed, the real flow,
 * steps, debts and models. At every step of a saga, before it is done and after it, the
 * coordinator, the leader of the seats or the provider breaks; then all must end, and the audit
 * must find nothing.
 */
class CrashMatrixTest {
  private static final int SEEDS = 2;

  /**
   * What breaks. A follower has no part in an outcome: the log is its leader's and a majority's.
   */
  enum Victim {
    COORDINATOR,
    SEAT_LEADER,
    PROVIDER
  }

  enum Plot {
    /** The card is good and nobody else is there. */
    PLAIN,
    /** Somebody else wants the seat, too. */
    RIVAL,
    DECLINED,
    /** The buyer authenticates after a while (3-D Secure). */
    AUTHENTICATED,
    /** The buyer never comes back from the issuer's page. */
    ABANDONED,
    /** The same request comes to two nodes at once. */
    TWICE
  }

  record Scenario(Plot plot, Victim victim, CrashPoint point, When when) {}

  static Stream<Scenario> scenarios() {
    return Stream.of(Plot.values())
        .flatMap(
            plot ->
                Stream.of(Victim.values())
                    .flatMap(
                        victim ->
                            Stream.of(CrashPoint.values())
                                .flatMap(
                                    point ->
                                        Stream.of(When.values())
                                            .map(
                                                when -> new Scenario(plot, victim, point, when)))));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whateverBreaksMoneyAndSeatsAgree(Scenario scenario) {
    for (int seed = 0; seed < SEEDS; seed++) {
      new Run(scenario, seed).play();
    }
  }

  static Stream<Scenario> settlements() {
    return Stream.of(When.values())
        .flatMap(
            when ->
                Stream.of(
                    new Scenario(Plot.PLAIN, Victim.PROVIDER, CrashPoint.CAPTURE, when),
                    new Scenario(Plot.RIVAL, Victim.PROVIDER, CrashPoint.VOID, when)));
  }

  @ParameterizedTest
  @MethodSource("settlements")
  void row17AProviderThatIsDownForHoursIsPaidOrFreedWhenItIsBack(Scenario scenario) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var run = new Run(scenario, seed, Duration.ofHours(3));
      run.play();
      assertThat(run.isBroken).as("seed %d comes to %s", seed, scenario.point()).isTrue();
    }
  }

  /** A new step must be reached by some plot, or the matrix has a hole. */
  @Test
  void everyStepOfASagaIsCrashedAt() {
    var reached = EnumSet.noneOf(CrashPoint.class);
    scenarios()
        .filter(scenario -> scenario.victim() == Victim.COORDINATOR)
        .forEach(
            scenario -> {
              var run = new Run(scenario, 1);
              run.play();
              if (run.isBroken) {
                reached.add(scenario.point());
              }
            });

    assertThat(reached).containsExactlyInAnyOrder(CrashPoint.values());
  }

  @Test
  void oneSeedGivesOneRun() {
    var scenario = new Scenario(Plot.RIVAL, Victim.COORDINATOR, CrashPoint.AUTHORIZE, When.AFTER);
    var first = new Run(scenario, 42);
    var second = new Run(scenario, 42);
    first.play();
    second.play();

    assertThat(first.trace).isEqualTo(second.trace).isNotEmpty();
  }

  private static final class Run {
    private final Scenario scenario;
    private final Duration outage;
    private final SimHouse house;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private boolean isBroken;
    private boolean isPrepared;

    Run(Scenario scenario, long seed) {
      this(scenario, seed, Duration.ofSeconds(30));
    }

    /**
     * @param outage how long a provider that breaks is down
     */
    Run(Scenario scenario, long seed, Duration outage) {
      this.scenario = scenario;
      this.outage = outage;
      this.house = new SimHouse(seed);
      for (int i = 0; i < 4; i++) {
        nodes.add(new SimNode(house, this::at));
      }
      house.clock.every(Duration.ofSeconds(1), this::sweep);
    }

    private void at(SimNode node, CrashPoint point, When when) {
      if (when == When.AFTER && scenario.victim() == Victim.COORDINATOR && !isPrepared) {
        prepare(node, point);
      }
      trace.add(house.clock.nowMs() + " node-" + nodes.indexOf(node) + " " + point + " " + when);
      if (isBroken || point != scenario.point() || when != scenario.when()) {
        return;
      }
      isBroken = true;
      switch (scenario.victim()) {
        case COORDINATOR -> node.die();
        case SEAT_LEADER -> house.wayToSeats.killLeader();
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
      var order = order("ann", card(), "a-1");
      ask(0, order);
      switch (scenario.plot()) {
        case RIVAL -> ask(1, order("bob", "pm-bob", "a-1"));
        case TWICE -> ask(1, order);
        case AUTHENTICATED ->
            house.clock.after(Duration.ofSeconds(45), () -> house.bank.authenticate(true));
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
        case AUTHENTICATED, ABANDONED -> Bank.THREE_D_SECURE_CARD;
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
        case RIVAL ->
            assertThat(stateOf(again.get())).isIn("CONFIRMED", "SEAT_UNAVAILABLE", "HOLD_EXPIRED");
        case DECLINED, ABANDONED -> {
          assertThat(stateOf(again.get())).isEqualTo("PAYMENT_DECLINED");
          assertThat(bookings(order)).as("G5").isZero();
        }
      }
      assertThat(
              house.bank.payments().stream().filter(p -> p.bookingId().equals(order.bookingId())))
          .as("G4")
          .hasSizeLessThanOrEqualTo(1);
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

    private static Wanted order(String name, String card, String seatId) {
      return new Wanted(
          name,
          Ids.bookingId(name, "r1"),
          Stage.EVENT,
          List.of(seatId),
          "",
          card,
          OptionalLong.empty(),
          "");
    }
  }
}
