package dev.usher.payment.sandbox;

import static dev.usher.payment.sandbox.Till.await;
import static dev.usher.payment.sandbox.Till.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.MethodCreated;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered is on disk. */
class SurvivalTest {
  @TempDir Path dir;

  private Path ledger() {
    return dir.resolve("ledger.jsonl");
  }

  @Test
  void aRestartKeepsTheLedger() {
    String id;
    try (var till = Till.open(dir)) {
      id = till.authorized("b1");
      await(till.provider.capture(id, "b1"));
      await(till.provider.refund(id, "b1", 200, 1));
    }
    try (var till = Till.open(dir)) {
      var payment = till.payment(id);
      assertThat(payment.state()).isEqualTo(PaymentState.CAPTURED);
      assertThat(payment.refundedMinor()).isEqualTo(200);
      assertThat(till.authorize("b2", 1, till.method())).isInstanceOf(Authorized.class);
    }
  }

  @Test
  void aTornTailIsCutOffAndTheLedgerGoesOn() throws IOException {
    String id;
    try (var till = Till.open(dir)) {
      id = till.authorized("b1");
    }
    Files.writeString(ledger(), "0badc0de [{\"atMs\":17", StandardOpenOption.APPEND);
    String next;
    try (var till = Till.open(dir)) {
      assertThat(till.payment(id).state()).isEqualTo(PaymentState.AUTHORIZED);
      next = till.authorized("b2");
    }
    try (var till = Till.open(dir)) {
      assertThat(till.payment(next).bookingId()).isEqualTo("b2");
    }
  }

  @Test
  void aLastLineCutAnywhereIsATornTail() throws IOException {
    try (var till = Till.open(dir)) {
      till.authorized("b1");
    }
    byte[] whole = Files.readAllBytes(ledger());
    int lastLine =
        new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2) + 1;
    for (int length = lastLine; length < whole.length; length += 9) {
      Files.write(ledger(), Arrays.copyOf(whole, length));
      var books = new Books();
      LedgerFile.open(dir, books::apply).close();

      assertThat(books.size()).as("the card and its customer").isEqualTo(2);
      assertThat(Files.size(ledger())).isEqualTo(lastLine);
    }
  }

  @Test
  void damageInTheMiddleIsNotTakenForATornTail() throws IOException {
    try (var till = Till.open(dir)) {
      till.authorized("b1");
    }
    byte[] bytes = Files.readAllBytes(ledger());
    bytes[20] ^= 1;
    Files.write(ledger(), bytes);

    assertThatThrownBy(() -> Till.open(dir))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining(ledger().toString())
        .hasMessageContaining("damaged at byte 0");
    assertThat(Files.readAllBytes(ledger())).isEqualTo(bytes);
  }

  @Test
  void oneLedgerServesOneSandbox() {
    try (var till = Till.open(dir)) {
      assertThatThrownBy(() -> Till.open(dir))
          .isInstanceOf(SandboxException.class)
          .hasMessage("another payment sandbox uses " + ledger());
      assertThat(till.authorize("b1", 1, till.method())).isInstanceOf(Authorized.class);
    }
  }

  @Test
  void aBusyPortIsNamedAndTheLedgerIsFreeAgain(@TempDir Path other) {
    try (var till = Till.open(dir)) {
      int port = till.sandbox.port();
      assertThatThrownBy(() -> Sandbox.start(Till.settings(other, port)))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("127.0.0.1:" + port + ": the port is in use");
    }
    Till.open(other).close();
  }

  @Test
  void aKilledProcessLosesNothingThatItAnswered() throws Exception {
    var process = SandboxProcess.start(dir);
    try (var reader = process.inputReader(StandardCharsets.UTF_8);
        var provider = new StripeProvider(settings(url(reader)))) {
      var answers = new HashMap<String, CompletableFuture<AuthorizeOutcome>>();
      var method = await(provider.createPaymentMethod(Till.card(Till.GOOD_CARD), "ann", "pm"));
      var methodId = ((MethodCreated) method).paymentMethodId();
      var enough = new CompletableFuture<Boolean>();
      var answered = new ConcurrentLinkedQueue<String>();
      for (int i = 0; i < 400; i++) {
        var booking = "b" + i;
        var stage = provider.authorize(Till.authorization(booking, 1, methodId));
        answers.put(booking, stage.toCompletableFuture());
        stage.thenAccept(
            outcome -> {
              answered.add(booking);
              if (answered.size() == 50) {
                enough.complete(true);
              }
            });
      }
      await(enough);
      process.destroyForcibly().waitFor();

      var known = new HashMap<String, Authorized>();
      for (var answer : answers.entrySet()) {
        if (await(answer.getValue()) instanceof Authorized authorized) {
          known.put(answer.getKey(), authorized);
        }
      }
      assertThat(known).hasSizeGreaterThanOrEqualTo(50);
      try (var till = Till.open(dir)) {
        known.forEach(
            (booking, authorized) -> {
              assertThat(till.payment(authorized.paymentId()).bookingId()).isEqualTo(booking);
              assertThat(found(till.provider.findByBooking(booking))).hasSize(1);
              assertThat(till.authorize(booking, 1, methodId)).isEqualTo(authorized);
            });
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static StripeSettings settings(String url) {
    return new StripeSettings(
        URI.create(url), Till.SECRET, Till.RETURN_URL, Duration.ofSeconds(30), List.of());
  }

  private static String url(BufferedReader reader) throws IOException {
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("serving ")) {
        return line.substring("serving ".length());
      }
    }
    throw new IOException("the sandbox process ended before it served");
  }
}
