package dev.usher.booking;

import dev.usher.booking.SimNode.When;
import java.util.stream.Stream;

/** One thing that breaks at one step of one story. */
record CrashScenario(Plot plot, Victim victim, CrashPoint point, When when) {
  /** What breaks. */
  enum Victim {
    COORDINATOR,
    SEAT_LEADER,
    /**
     * The replica that the coordinators read from, and one of the two that a commit is answered
     * for: it comes back behind, and until then the leader waits for the other one.
     */
    FOLLOWER,
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
    /** The buyer pays a hold and authenticates after its end, when somebody else wants the seat. */
    HELD,
    /** The same request comes to two nodes at once. */
    TWICE
  }

  /** All of them. */
  static Stream<CrashScenario> all() {
    return Stream.of(Victim.values()).flatMap(CrashScenario::of);
  }

  static Stream<CrashScenario> of(Victim victim) {
    return Stream.of(Plot.values())
        .flatMap(
            plot ->
                Stream.of(CrashPoint.values())
                    .flatMap(
                        point ->
                            Stream.of(When.values())
                                .map(when -> new CrashScenario(plot, victim, point, when))));
  }
}
