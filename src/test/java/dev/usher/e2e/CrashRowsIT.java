package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.usher.api.booking.v1.Booking;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.Poll;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.local.SandboxFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rows of the crash matrix (docs/booking.md §2) with real processes. The payment provider's named
 * faults hold a saga at the step that the row is about, and then its process is killed with SIGKILL
 * or stopped with SIGSTOP. Every row ends with the audit.
 */
@ExtendWith(Theatre.Opened.class)
class CrashRowsIT {
  /** Rows 3 to 5 and 7 to 10: at each step one saga of the same node, when that node dies. */
  @Test
  void aNodeDiesWithASagaAtEveryStepOfItsMoney(Theatre theatre)
      throws IOException, InterruptedException, ExecutionException {
    int home = (theatre.indexOf(theatre.leaderExcept(Set.of()).id()) + 1) % 3;
    var buyers = theatre.buyers(7).stream().map(buyer -> buyer.startingAt(home)).toList();
    String contested = theatre.freshSeat();
    List<Future<Booking>> held = new ArrayList<>();
    try (var faults = SandboxFaults.of(theatre.cluster());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      // Row 8: somebody else takes the seat while this one's authorization is on its way.
      arm(faults, "slow", Map.of("on", "authorize", "times", "1", "millis", "4000"));
      var loser = ask(clients, theatre, buyers.get(0), contested);
      awaitMet(faults, "slow");
      arm(faults, "timeout-before", Map.of("on", "cancel", "times", "1"));
      buyers.get(1).startingAt(home + 1).book(theatre.event(), contested);
      awaitMet(faults, "timeout-before");
      // Rows 9 and 10, then 4 and 3. Row 7 is in all of them: what is committed is not told.
      held.add(hold(faults, "timeout-before", "capture", clients, theatre, buyers.get(2)));
      held.add(hold(faults, "timeout-after", "capture", clients, theatre, buyers.get(3)));
      held.add(hold(faults, "timeout-after", "authorize", clients, theatre, buyers.get(4)));
      held.add(hold(faults, "timeout-before", "authorize", clients, theatre, buyers.get(5)));
      // Row 5: authorized at the provider, on its way to the log.
      arm(faults, "slow", Map.of("on", "authorize", "times", "1", "millis", "10000"));
      held.add(ask(clients, theatre, buyers.get(6), theatre.freshSeat()));
      awaitMet(faults, "slow");

      theatre.cluster().kill(theatre.cluster().layout().nodes().get(home));

      for (var booking : held) {
        assertThat(booking.get().getState())
            .isIn(Booking.State.STATE_COMMITTED, Booking.State.STATE_CONFIRMED);
      }
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(loser::get)
          .havingCause()
          .isInstanceOfSatisfying(
              CallFailedException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo("SEAT_UNAVAILABLE"));
    }
    theatre.assertSeatsAndMoneyAgree();
  }

  /** Row 6: the command is in the leader's log alone. */
  @Test
  void theLeaderDiesWithACommitThatNoMajorityHas(Theatre theatre)
      throws IOException, InterruptedException, ExecutionException {
    var leader = theatre.node(theatre.leaderExcept(Set.of()).id());
    var followers =
        theatre.cluster().layout().nodes().stream().filter(node -> !node.equals(leader)).toList();
    Buyer buyer = theatre.buyers(1).getFirst().startingAt(theatre.indexOf(leader.name()));
    String seat = theatre.freshSeat();
    int captures = theatre.settledBooks().captures();
    try (var faults = SandboxFaults.of(theatre.cluster());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      arm(faults, "slow", Map.of("on", "authorize", "times", "1", "millis", "3000"));
      var booking = ask(clients, theatre, buyer, seat);
      awaitMet(faults, "slow");
      followers.forEach(theatre.cluster()::kill);
      // The authorization comes in, and is proposed to nobody but itself.
      assertThat(
              Poll.holds(Theatre.LIMIT, () -> theatre.office().books().openAuthorizations() == 1))
          .isTrue();
      theatre.cluster().kill(leader);
      theatre.cluster().start(news -> {});

      assertThat(booking.get().getSeatsList()).containsExactly(seat);
    }
    assertThat(theatre.settledBooks().captures()).isEqualTo(captures + 1);
    theatre.assertSeatsAndMoneyAgree();
  }

  /** Row 15: a coordinator that hears nothing and says nothing, and then goes on. */
  @Test
  void aCoordinatorThatWasStoppedComesTooLate(Theatre theatre)
      throws IOException, InterruptedException, ExecutionException {
    int home = (theatre.indexOf(theatre.leaderExcept(Set.of()).id()) + 1) % 3;
    ProcessSpec coordinator = theatre.cluster().layout().nodes().get(home);
    Buyer buyer = theatre.buyers(1).getFirst();
    String seat = theatre.freshSeat();
    int captures = theatre.settledBooks().captures();
    try (var faults = SandboxFaults.of(theatre.cluster());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      arm(faults, "slow", Map.of("on", "authorize", "times", "1", "millis", "2000"));
      var booking = ask(clients, theatre, buyer.startingAt(home), seat);
      awaitMet(faults, "slow");
      signal(theatre, coordinator, "-STOP");
      try {
        assertThat(booking.get().getSeatsList()).containsExactly(seat);
        assertThat(theatre.settledBooks().captures()).isEqualTo(captures + 1);
      } finally {
        signal(theatre, coordinator, "-CONT");
      }
    }
    theatre.cluster().start(news -> {});
    assertThat(theatre.settledBooks().captures()).isEqualTo(captures + 1);
    theatre.assertSeatsAndMoneyAgree();
  }

  /** A booking whose saga stays at a step: the provider is silent to it. */
  private static Future<Booking> hold(
      SandboxFaults faults,
      String fault,
      String operation,
      ExecutorService clients,
      Theatre theatre,
      Buyer buyer)
      throws IOException, InterruptedException {
    arm(faults, fault, Map.of("on", operation, "times", "1"));
    var booking = ask(clients, theatre, buyer, theatre.freshSeat());
    awaitMet(faults, fault);
    return booking;
  }

  private static Future<Booking> ask(
      ExecutorService clients, Theatre theatre, Buyer buyer, String seat) {
    // A whole cluster may have to come back before there is an answer.
    var patient =
        new Buyer(buyer.email(), buyer.client().within(Theatre.LONG), buyer.paymentMethod());
    return clients.submit(() -> patient.book(theatre.event(), seat));
  }

  private static void arm(SandboxFaults faults, String name, Map<String, String> options)
      throws IOException, InterruptedException {
    assertThat(faults.switchOn(name, options).statusCode()).isEqualTo(200);
  }

  /** A fault that happens once is gone from the list when a call has met it. */
  private static void awaitMet(SandboxFaults faults, String name) {
    assertThat(Poll.holds(Theatre.LIMIT, () -> !list(faults).contains('"' + name + '"')))
        .as("a call meets " + name)
        .isTrue();
  }

  private static String list(SandboxFaults faults) {
    try {
      return faults.list().body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void signal(Theatre theatre, ProcessSpec node, String signal)
      throws IOException, InterruptedException {
    long pid = theatre.cluster().running(node).orElseThrow().pid();
    assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor()).isZero();
  }
}
