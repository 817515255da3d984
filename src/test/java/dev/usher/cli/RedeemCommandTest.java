package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.Role;
import dev.usher.api.auth.v1.User;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.ListBookingsResponse;
import dev.usher.api.booking.v1.RedeemTicketRequest;
import dev.usher.api.booking.v1.Ticket;
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

class RedeemCommandTest {
  private static final String BOOKING = "events/hamlet/bookings/b1";

  @TempDir Path home;

  private record Ran(int code, String out, String err) {}

  private Ran run(FakeNode node, String input, String... args) {
    var terminals = Terminals.piped(input);
    Map<String, String> environment =
        Map.of("USHER_HOME", home.toString(), "USHER_NODES", node.address().toString());
    int code = UsherCli.run(args, new Cli(terminals.terminal(), environment, new JumpingClock()));
    return new Ran(code, terminals.out(), terminals.err());
  }

  /** Lets everybody in but the holder of a-2. */
  private static Ticket answer(RedeemTicketRequest request) {
    if (request.getName().endsWith("/a-2")) {
      throw FakeNode.error(
          Code.FAILED_PRECONDITION, "TICKET_ALREADY_REDEEMED", "a-2 was redeemed already.");
    }
    return Ticket.newBuilder()
        .setName(request.getName())
        .setRedeemTime(Timestamp.newBuilder().setSeconds(1_767_225_600))
        .build();
  }

  private static FakeNode gate() throws IOException {
    return FakeNode.start(new Answering<>(Api.REDEEM_TICKET, RedeemCommandTest::answer));
  }

  @Test
  void everyTicketIsARequestOfItsOwn() throws IOException {
    try (var node = gate()) {
      var ran = run(node, "", "redeem", BOOKING, "a-1", "a-3", "--request-id", "again");

      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
      assertThat(ran.out()).contains("a-1: let in at ").contains("a-3: let in at ");
      assertThat(node.received())
          .extracting(request -> ((RedeemTicketRequest) request).getName())
          .containsExactly(BOOKING + "/tickets/a-1", BOOKING + "/tickets/a-3");
      assertThat(node.received())
          .extracting(request -> ((RedeemTicketRequest) request).getRequestId())
          .containsExactly("again/a-1", "again/a-3");
    }
  }

  @Test
  void aRefusalEndsItAndWhoIsInIsToldAllTheSame() throws IOException {
    try (var node = gate()) {
      var ran = run(node, "", "redeem", BOOKING, "a-1", "a-2", "a-3", "-o", "json");

      assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(ran.out()).startsWith("[").contains("tickets/a-1").doesNotContain("a-3");
      assertThat(ran.err()).startsWith("{").contains("TICKET_ALREADY_REDEEMED");
      assertThat(node.received()).hasSize(2);
    }
  }

  @Test
  void theListOfBookingsSaysHowManyAreIn() throws IOException {
    var booking =
        Booking.newBuilder()
            .setName(BOOKING)
            .setState(Booking.State.STATE_CONFIRMED)
            .addTickets(Ticket.newBuilder().setRedeemTime(Timestamp.getDefaultInstance()))
            .addTickets(Ticket.getDefaultInstance());
    var answer = ListBookingsResponse.newBuilder().addBookings(booking).build();
    try (var node = FakeNode.start(new Answering<>(Api.LIST_BOOKINGS, request -> answer))) {
      assertThat(run(node, "", "bookings").out()).contains("confirmed, 1 redeemed");
    }
  }

  @Test
  void anOperatorRegistersAGate() throws IOException {
    var user = User.newBuilder().setName("users/u1").build();
    try (var node = FakeNode.start(new Answering<>(Api.CREATE_USER, request -> user))) {
      var ran =
          run(
              node,
              "correct horse\n",
              "register",
              "--email",
              "door@example.org",
              "--role",
              "gate,box-office",
              "--password-file",
              "-");

      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
      assertThat(((CreateUserRequest) node.received().getFirst()).getUser().getRolesList())
          .containsExactly(Role.ROLE_GATE, Role.ROLE_BOX_OFFICE);
    }
  }
}
