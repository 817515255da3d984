package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import dev.usher.api.auth.v1.Session;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.ListEventsResponse;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.client.Rpc;
import dev.usher.cli.term.Terminals;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsherCliTest {
  @TempDir Path home;

  private record Ran(int code, String out, String err) {}

  private Ran run(Optional<FakeNode> node, String input, String... args) {
    var terminals = Terminals.piped(input);
    Map<String, String> environment =
        Map.of(
            "USHER_HOME",
            home.toString(),
            "USHER_NODES",
            node.map(n -> n.address().toString()).orElse("127.0.0.1:1"));
    int code = UsherCli.run(args, new Cli(terminals.terminal(), environment, new JumpingClock()));
    return new Ran(code, terminals.out(), terminals.err());
  }

  private Ran run(FakeNode node, String... args) {
    return run(Optional.of(node), "", args);
  }

  private Ran run(String... args) {
    return run(Optional.empty(), "", args);
  }

  private static <Q extends Message, A extends Message> Answering<Q, A> refusal(
      Rpc<Q, A> rpc, Code code, String reason) {
    return new Answering<>(
        rpc,
        request -> {
          throw FakeNode.error(code, reason, "the words of the server");
        });
  }

  @Test
  void aMistypedCommandGetsASuggestion() {
    var ran = run("evnts");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("'evnts'").contains("Did you mean").contains("usher events");
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "book hamlet --test-card ok",
        "book hamlet --seats a --hold h --test-card ok",
        "book hamlet --seats a --test-card gold",
        "book hamlet --seats a",
        "cancel b1",
        "redeem b1 a-1",
        "redeem events/hamlet/bookings/b1",
        "register --email a@example.org --role king",
        "events --nodes nonsense",
        "events --timeout 0",
        "event create x --venue v --name n --start soon --price 1",
        "event create x --venue v --name n --start 2027-03-01T20:00 --price one",
        "bench --clients 0",
        "bench --sold-share 2",
        "load --declined 2",
        "bench --compare-journal --nodes localhost:1",
        "bench --memory-first",
        "load --kill-every -1",
        "simulate --seeds 0",
        "simulate --nodes 9",
        "simulate --seed 1 --hours 2",
        "simulate --without crsh",
        "simulate --plenty loss",
        "venue import no-such-file.json",
        "login",
        "payment-method",
        "payment-method delete",
        "cluster",
        "cluster transfer",
        "cluster watch --count 0",
        "snapshot save x.usnap",
        "snapshot save x.usnap --all --group system",
        "snapshot inspect",
        "snapshot restore x.usnap",
        "snapshot restore x.usnap --config no-such-file.conf",
      })
  void aWrongCommandLineIsUsageAndNamesTheThing(String line) {
    var ran = run(line.split(" "));
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).isNotBlank();
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "bench",
        "load",
        "simulate",
        "nodes start",
        "nodes stop",
        "cluster status",
        "cluster transfer",
        "cluster verify",
        "cluster watch",
        "snapshot save",
        "snapshot inspect",
        "snapshot restore",
        "register",
        "login",
        "logout",
        "venue import",
        "event create",
        "event publish",
        "events",
        "seats",
        "hold",
        "book",
        "bookings",
        "cancel",
        "redeem",
        "payment-methods",
        "payment-method delete",
        "chat",
      })
  void everyCommandHasHelp(String command) {
    var ran = run((command + " --help").strip().split(" "));
    assertThat(ran.code()).isEqualTo(ExitCode.OK);
    assertThat(ran.out()).contains("Usage: usher");
    assertThat(ran.out().lines().findFirst().orElseThrow()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED_PRECONDITION,SEAT_UNAVAILABLE,3",
    "FAILED_PRECONDITION,PAYMENT_DECLINED,3",
    "RESOURCE_EXHAUSTED,SEAT_LIMIT_PER_BOOKING,3",
    "RESOURCE_EXHAUSTED,PAYMENT_METHOD_LIMIT,3",
    "ALREADY_EXISTS,USER_EXISTS,3",
    "NOT_FOUND,RESOURCE_NOT_FOUND,3",
    "INVALID_ARGUMENT,REQUEST_ID_REUSED,2",
    "UNAUTHENTICATED,SESSION_EXPIRED,5",
    "PERMISSION_DENIED,ROLE_REQUIRED,5",
    "RESOURCE_EXHAUSTED,LOGIN_THROTTLED,5",
    "UNAVAILABLE,NO_LEADER,4",
    "RESOURCE_EXHAUSTED,OVERLOADED,4",
    "INTERNAL,BROKEN,1",
  })
  void everyReasonHasItsExitCodeAndItsWords(String code, String reason, int exitCode)
      throws IOException {
    try (var node = FakeNode.start(refusal(Api.LIST_EVENTS, Code.valueOf(code), reason))) {
      var ran = run(node, "events", "--timeout", "600");
      assertThat(ran.code()).isEqualTo(exitCode);
      assertThat(ran.err()).contains(reason + ": ").contains("the words of the server");
      assertThat(ran.out()).isEmpty();
    }
  }

  @Test
  void anErrorAsJsonIsAnObjectOnStandardError() throws IOException {
    try (var node =
        FakeNode.start(refusal(Api.LIST_EVENTS, Code.FAILED_PRECONDITION, "SEAT_UNAVAILABLE"))) {
      var ran = run(node, "events", "-o", "json");
      assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(ran.err())
          .startsWith("{")
          .contains("\"reason\" : \"SEAT_UNAVAILABLE\"")
          .contains("\"nextStep\" : \"choose another seat");
    }
  }

  @Test
  void nobodyAtHomeIsUnavailableAndSaysWhatToDo() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var ran = run("events", "--timeout", "1", "--nodes", "127.0.0.1:" + port);
    assertThat(ran.code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ran.err()).contains("bin/start-node.sh");
  }

  @Test
  void eventsAreATableOrJson() throws IOException {
    var event =
        Event.newBuilder()
            .setName("events/hamlet")
            .setDisplayName("Hamlet")
            .setCity("Delft")
            .setVenueDisplayName("Playhouse")
            .setSeatCount(120)
            .setFreeSeatCount(119)
            .setState(Event.State.STATE_PUBLISHED)
            .build();
    try (var node =
        FakeNode.start(
            new Answering<>(
                Api.LIST_EVENTS,
                request -> ListEventsResponse.newBuilder().addEvents(event).build()))) {
      assertThat(run(node, "events").out())
          .startsWith("EVENT ")
          .contains("hamlet  Hamlet  Playhouse, Delft")
          .contains("119    120  published");
      assertThat(run(node, "-o", "json", "events").out())
          .as("the option may stand before the command")
          .isEqualTo(run(node, "events", "-o", "json").out());
      assertThat(run(node, "-o", "json", "events", "-o", "table").out()).doesNotStartWith("{");
      assertThat(run(node, "events", "-o", "json").out())
          .startsWith("[")
          .contains("\"name\": \"events/hamlet\"")
          .contains("\"freeSeatCount\": 119");
    }
  }

  @Test
  void aLoginIsKeptForTheNextCommandAndItsTokenIsNotPrinted() throws IOException {
    var session =
        Session.newBuilder().setName("users/u1/sessions/s1").setToken("very-secret").build();
    try (var node =
        FakeNode.start(
            new Answering<>(Api.CREATE_SESSION, request -> session),
            new Answering<>(
                Api.DELETE_SESSION, request -> com.google.protobuf.Empty.getDefaultInstance()))) {
      var ran =
          run(
              Optional.of(node),
              "correct horse\n",
              "login",
              "--email",
              "ada@example.com",
              "--password-file",
              "-");
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
      assertThat(ran.out()).contains("ada@example.com").doesNotContain("very-secret");
      Path kept = home.resolve("session.json");
      assertThat(kept).content().contains("very-secret").doesNotContain("correct horse");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-------");
      assertThat(run(node, "logout").code()).isEqualTo(ExitCode.OK);
      assertThat(kept).doesNotExist();
    }
  }

  @Test
  void bookingPaysWithTheTestCardAndNamesSeatsInFull() throws IOException {
    var booked =
        Booking.newBuilder()
            .setName("events/hamlet/bookings/b1")
            .setState(Booking.State.STATE_CONFIRMED)
            .addSeats("events/hamlet/seats/a-1")
            .build();
    try (var node =
        FakeNode.start(
            new Answering<>(
                Api.LIST_PAYMENT_METHODS,
                request -> ListPaymentMethodsResponse.getDefaultInstance()),
            new Answering<>(
                Api.CREATE_PAYMENT_METHOD,
                request -> PaymentMethod.newBuilder().setName("paymentMethods/pm_1").build()),
            new Answering<>(Api.CREATE_BOOKING, request -> booked))) {
      var ran = run(node, "book", "hamlet", "--seats", "a-1,a-2", "--test-card", "ok");
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
      assertThat(ran.out()).startsWith("confirmed: a-1");
      var request = (CreateBookingRequest) node.received().getLast();
      assertThat(request.getBooking().getSeatsList())
          .containsExactly("events/hamlet/seats/a-1", "events/hamlet/seats/a-2");
      assertThat(request.getPaymentMethod()).isEqualTo("paymentMethods/pm_1");
      assertThat(request.getRequestId()).isNotEmpty();
    }
  }

  @Test
  void anUnknownPaymentSaysHowToAskAgain() throws IOException {
    var unknown = Booking.newBuilder().setState(Booking.State.STATE_PAYMENT_UNKNOWN).build();
    try (var node = FakeNode.start(new Answering<>(Api.CREATE_BOOKING, request -> unknown))) {
      var ran =
          run(
              node,
              "book",
              "hamlet",
              "--seats",
              "a-1",
              "--payment-method",
              "pm_1",
              "--request-id",
              "again-1");
      assertThat(ran.code()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(ran.err()).contains("--request-id again-1");
    }
  }
}
