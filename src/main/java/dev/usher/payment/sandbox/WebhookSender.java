package dev.usher.payment.sandbox;

import static java.util.Objects.requireNonNull;

import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Told;
import dev.usher.payment.stripe.StripeSignature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the webhook endpoints what the outbox holds: at least once, with the same event id, until
 * an endpoint answers 2xx or three days are over; {@link WebhookLine} says when. What was told is
 * recorded in the ledger, so a restart repeats at most what was under way.
 */
final class WebhookSender implements AutoCloseable {
  static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final int LOOKED_AT = 256;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Ledger ledger;
  private final Map<String, String> secrets;
  private final StripeJson json;
  private final Faults faults;
  private final LongSupplier nowMs;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_WITHIN)
          .build();

  private final Map<String, WebhookLine> lines;
  private boolean holdNext = true;

  WebhookSender(
      Ledger ledger,
      List<SandboxSettings.Webhook> endpoints,
      StripeJson json,
      Faults faults,
      LongSupplier nowMs) {
    this.ledger = ledger;
    this.secrets =
        endpoints.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    SandboxSettings.Webhook::address, SandboxSettings.Webhook::secret));
    this.lines =
        secrets.keySet().stream()
            .collect(Collectors.toUnmodifiableMap(endpoint -> endpoint, any -> new WebhookLine()));
    this.json = json;
    this.faults = faults;
    this.nowMs = nowMs;
  }

  /** Sends what is due; waits for the ledger, and for no endpoint. */
  synchronized void look() {
    var waiting =
        ledger.read(books -> books.outbox().waiting(LOOKED_AT)).toCompletableFuture().join();
    long now = nowMs.getAsLong();
    lines.forEach(
        (endpoint, line) ->
            line.takeDue(waiting.getOrDefault(endpoint, List.of()), this::plan, now)
                .forEach(due -> send(due.event(), endpoint, due.copies())));
  }

  private WebhookLine.Plan plan(Event event) {
    long due = event.createdMs();
    due += faults.meet(Fault.WEBHOOK_LATE).map(fault -> fault.time().toMillis()).orElse(0L);
    int copies = faults.meet(Fault.WEBHOOK_TWICE).isPresent() ? 2 : 1;
    if (holdNext) {
      var held = faults.meet(Fault.WEBHOOK_REORDERED);
      due += held.map(fault -> fault.time().toMillis()).orElse(0L);
      holdNext = held.isEmpty();
    } else {
      holdNext = true;
    }
    return new WebhookLine.Plan(due, 0, copies);
  }

  private void send(Event event, String endpoint, int copies) {
    CompletionStage<Integer> status = post(event, endpoint);
    for (int copy = 1; copy < copies; copy++) {
      status = status.thenCompose(first -> post(event, endpoint));
    }
    status
        .exceptionally(failure -> 0)
        .thenCompose(code -> over(event, endpoint, code))
        .exceptionally(
            failure -> {
              LOG.warn("event not recorded id={} reason={}", event.id(), failure.toString());
              return null;
            });
  }

  private CompletionStage<Integer> post(Event event, String endpoint) {
    var body = json.object(event, false).toString();
    var secret = secrets.getOrDefault(endpoint, "");
    var signature = StripeSignature.sign(secret, nowMs.getAsLong() / 1000, body);
    var request =
        HttpRequest.newBuilder(URI.create(endpoint))
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Stripe-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  /** After an answer, or none (0). */
  private synchronized CompletionStage<?> over(Event event, String endpoint, int status) {
    var line = line(endpoint);
    long now = nowMs.getAsLong();
    boolean taken = status >= 200 && status < 300;
    boolean givenUp = !taken && now - event.createdMs() >= GIVE_UP_AFTER.toMillis();
    if (!taken && !givenUp) {
      line.failed(event.id(), now);
      return CompletableFuture.completedFuture(status);
    }
    if (taken) {
      line.taken(now);
    }
    LOG.info("event told={} id={} endpoint={}", taken, event.id(), endpoint);
    return ledger
        .write(
            new Ledger.Write(
                null, "", (books, time) -> Cashier.Decision.done(new Told(event.id(), endpoint))))

        // Elsewhere: look() holds the lock while it waits for the ledger, whose thread this is.
        .thenAcceptAsync(recorded -> forget(endpoint, event.id()));
  }

  private synchronized void forget(String endpoint, String eventId) {
    line(endpoint).forget(eventId);
  }

  private WebhookLine line(String endpoint) {
    return requireNonNull(lines.get(endpoint), endpoint);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
