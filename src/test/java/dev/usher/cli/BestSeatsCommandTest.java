package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.BestAvailable;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code usher hold} and {@code usher book} with {@code --best}. */
class BestSeatsCommandTest {
  private static final Hold APART =
      Hold.newBuilder()
          .setName("events/hamlet/holds/h1")
          .addSeats("events/hamlet/seats/a-1")
          .addSeats("events/hamlet/seats/c-9")
          .build();

  @TempDir private Path home;

  private record Ran(int code, String out, String err) {}

  private Ran run(String node, String... args) {
    var terminals = Terminals.piped("");
    var environment = Map.of("USHER_HOME", home.toString(), "USHER_NODES", node);
    int code = UsherCli.run(args, new Cli(terminals.terminal(), environment, new JumpingClock()));
    return new Ran(code, terminals.out(), terminals.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold hamlet",
        "hold hamlet --section Stalls",
        "hold hamlet --seats a-1 --best 2",
        "hold hamlet --best two",
        "book hamlet --seats a-1 --split --test-card ok",
        "book hamlet --best 2 --hold h1 --test-card ok",
      })
  void seatsAreNamedOrTheBestNotBothNorNeither(String line) {
    var ran = run("127.0.0.1:1", line.split(" "));

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aHoldOfTheBestSaysWhichTheyAreAndWhetherTheyAreTogether() throws IOException {
    try (var node = FakeNode.start(new Answering<>(Api.CREATE_HOLD, request -> APART))) {
      var ran =
          run(
              node.address().toString(),
              "hold hamlet --best 2 --section Stalls --row C --category Premium --split"
                  .split(" "));

      assertThat(ran.out()).startsWith("Held a-1, c-9 (not side by side) for");
      var request = (CreateHoldRequest) node.received().getLast();
      assertThat(request.hasHold()).isFalse();
      assertThat(request.getBestAvailable())
          .isEqualTo(
              BestAvailable.newBuilder()
                  .setCount(2)
                  .setSection("Stalls")
                  .setRow("C")
                  .setCategory("Premium")
                  .setAllowSplit(true)
                  .build());
    }
  }

  @Test
  void bookingTheBestHoldsThemAndBooksTheHoldUnderOneRequestId() throws IOException {
    var booked = Booking.newBuilder().setState(Booking.State.STATE_CONFIRMED).build();
    try (var node =
        FakeNode.start(
            new Answering<>(Api.CREATE_HOLD, request -> APART),
            new Answering<>(Api.CREATE_BOOKING, request -> booked))) {
      var ran =
          run(
              node.address().toString(),
              "book hamlet --best 2 --payment-method pm_1 --request-id r1".split(" "));

      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
      var hold = (CreateHoldRequest) node.received().getFirst();
      assertThat(hold.getRequestId()).isEqualTo("r1");
      assertThat(hold.getBestAvailable().getCount()).isEqualTo(2);
      var booking = (CreateBookingRequest) node.received().getLast();
      assertThat(booking.getHold()).isEqualTo(APART.getName());
      assertThat(booking.getRequestId()).isEqualTo("r1");
    }
  }
}
