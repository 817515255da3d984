package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.Poll;
import dev.usher.cli.client.Rpc;
import dev.usher.cli.local.Launcher;
import dev.usher.payment.CardNumbers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every test card buys a seat or does not, is written wrongly, is told the assistant and typed into
 * the command line; then whatever the nodes, the sandbox and the command line left on the disk or
 * answered is searched for card numbers. {@code NoCardNumberTest} does the same within one JVM,
 * with all logging on.
 */
@ExtendWith(Theatre.Opened.class)
class CardNumbersIT {
  /** What is answered, and what the command line prints. */
  private final List<String> seen = new ArrayList<>();

  @TempDir Path home;

  @Test
  void noCardNumberIsLeftOnTheDiskOrAnswered(Theatre theatre)
      throws IOException, InterruptedException {
    Buyer buyer = theatre.buyers(1).getFirst();
    for (String number : CardNumbers.ALL) {
      pay(theatre, buyer, number);
      badInput(theatre, buyer, number);
    }
    commandLine(theatre);
    theatre.assertSeatsAndMoneyAgree();

    assertThat(seen)
        .hasSizeGreaterThan(CardNumbers.ALL.size())
        .allSatisfy(text -> assertThat(CardNumbers.in(text)).as(text).isEmpty());
    for (Path root : List.of(theatre.cluster().layout().workDir(), home)) {
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(CardNumbers.in(file)).as(file.toString()).isEmpty();
        }
      }
    }
  }

  /** The search finds what it looks for, in every form and across the border of two blocks. */
  @Test
  void aNumberInAFileIsFound() throws IOException {
    for (String number : CardNumbers.ALL) {
      for (String form : CardNumbers.forms(number)) {
        var bytes = new byte[(1 << 20) + 100];
        var text = form.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, (1 << 20) - 5, text.length);
        Path file = Files.write(home.resolve("found"), bytes);
        assertThat(CardNumbers.in(file)).as(form).contains(number);
      }
    }
  }

  private void pay(Theatre theatre, Buyer buyer, String number)
      throws IOException, InterruptedException {
    var method = tell(buyer, number);
    if (method.isEmpty()) {
      return;
    }
    var request = booking(theatre, method.get()).setRequestId(UUID.randomUUID().toString()).build();
    for (var told = ask(buyer, Api.CREATE_BOOKING, request); told.isPresent(); ) {
      if (told.get().getState() != Booking.State.STATE_AUTHORIZING) {
        return;
      }
      authenticate(told.get().getNextActionUri());
      told =
          Poll.until(
                  Theatre.LIMIT,
                  () ->
                      Optional.of(ask(buyer, Api.CREATE_BOOKING, request))
                          .filter(
                              answer ->
                                  answer
                                      .filter(b -> b.getState() == Booking.State.STATE_AUTHORIZING)
                                      .isEmpty()))
              .orElseThrow();
    }
  }

  private static CreateBookingRequest.Builder booking(Theatre theatre, String method) {
    return CreateBookingRequest.newBuilder()
        .setParent(theatre.event())
        .setBooking(Booking.newBuilder().addSeats(theatre.freshSeat()))
        .setPaymentMethod(method)
        .setInteractive(true);
  }

  private void authenticate(String page) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var approve =
          HttpRequest.newBuilder(URI.create(page)).POST(BodyPublishers.ofString("answer=approve"));
      seen.add(http.send(approve.build(), BodyHandlers.ofString()).body());
    }
  }

  /** In other ways than a card is written, and where none belongs. */
  private void badInput(Theatre theatre, Buyer buyer, String number) {
    tell(buyer, CardNumbers.spaced(number));
    tell(buyer, number + "x");
    tell(buyer, "pan=" + number);
    ask(
        buyer,
        Api.CREATE_BOOKING,
        booking(theatre, "paymentMethods/" + number)
            .setRequestId(UUID.randomUUID().toString())
            .build());
    ask(
        buyer,
        Api.SEND_MESSAGE,
        SendMessageRequest.newBuilder()
            .setText("book a seat with my card " + CardNumbers.spaced(number))
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  private Optional<String> tell(Buyer buyer, String number) {
    var card = Card.newBuilder().setNumber(number).setExpMonth(12).setExpYear(2040).setCvc("123");
    return ask(
            buyer,
            Api.CREATE_PAYMENT_METHOD,
            CreatePaymentMethodRequest.newBuilder()
                .setCard(card)
                .setRequestId(UUID.randomUUID().toString())
                .build())
        .map(method -> method.getName());
  }

  /** Notes the answer, error or not. */
  private <Q extends Message, A extends Message> Optional<A> ask(
      Buyer buyer, Rpc<Q, A> rpc, Q request) {
    try {
      A answer = buyer.client().call(rpc, request);
      seen.add(answer.toString());
      return Optional.of(answer);
    } catch (CallFailedException e) {
      seen.add(e + " " + e.reason() + " " + e.metadata() + " " + e.violations());
      return Optional.empty();
    }
  }

  private void commandLine(Theatre theatre) throws IOException, InterruptedException {
    var layout = theatre.cluster().layout();
    run(
        theatre,
        "",
        "login",
        "--email",
        layout.operatorEmail(),
        "--password-file",
        layout.operatorPasswordFile().toString());
    for (String number : List.of("4000000000000002", "4242424242424241")) {
      run(
          theatre,
          number + "\n12/2040\n123\n",
          "book",
          theatre.event(),
          "--seats",
          theatre.freshSeat(),
          "--card");
    }
  }

  private void run(Theatre theatre, String input, String... arguments)
      throws IOException, InterruptedException {
    var launcher = Launcher.ofThisProgram();
    var command =
        new ArrayList<>(List.of(launcher.java().toString(), "-jar", launcher.jar().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("USHER_HOME", home.toString());
    builder.environment().put("USHER_NODES", theatre.office().visitor().lastNode().toString());
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.US_ASCII));
    }
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(printed).isNotBlank();
    seen.add(printed);
  }
}
