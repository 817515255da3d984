package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Event;
import dev.usher.payment.sandbox.LedgerObject.Told;
import dev.usher.payment.stripe.StripeSignature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
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
 * an endpoint answers 2xx or three days are over; the pause doubles from a second to an hour. What
 * was told is recorded in the ledger, so a restart repeats at most what was under way. Used by one
 * thread, see {@link #look}.
 */
final class WebhookSender implements AutoCloseable {
  static final Duration GIVE_UP_AFTER = Duration.ofDays(3);
  static final int MAX_UNDER_WAY = 16;

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final int LOOKED_AT = 256;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final long PAUSE_MS = 1_000;
  private static final long PAUSE_MOST_MS = 3_600_000;

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

  private final Map<Delivery, Plan> plans = new HashMap<>();
  private boolean holdNext = true;

  private record Delivery(String eventId, String endpoint) {}

  /**
   * When and how an event is told next.
   *
   * @param copies how often it is told at once
   */
  private record Plan(long dueMs, int tries, int copies, boolean underWay) {
    Plan sent() {
      return new Plan(dueMs, tries + 1, copies, true);
    }

    Plan again(long nowMs) {
      long pause = Math.min(PAUSE_MOST_MS, PAUSE_MS << Math.min(tries - 1, 20));
      return new Plan(nowMs + pause, tries, 1, false);
    }
  }

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
                    webhook -> webhook.url().toString(), SandboxSettings.Webhook::secret));
    this.json = json;
    this.faults = faults;
    this.nowMs = nowMs;
  }

  /** Sends what is due; waits for the ledger, and for no endpoint. */
  synchronized void look() {
    var waiting =
        ledger.read(books -> books.outbox().waiting(LOOKED_AT)).toCompletableFuture().join();
    long now = nowMs.getAsLong();
    for (var left : waiting) {
      for (var endpoint : left.endpoints()) {
        var delivery = new Delivery(left.event().id(), endpoint);
        var plan = plans.computeIfAbsent(delivery, first -> plan(left.event()));
        if (!plan.underWay() && plan.dueMs() <= now && underWay() < MAX_UNDER_WAY) {
          plans.put(delivery, plan.sent());
          send(left.event(), delivery, plan.copies());
        }
      }
    }
  }

  private Plan plan(Event event) {
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
    return new Plan(due, 0, copies, false);
  }

  private long underWay() {
    return plans.values().stream().filter(Plan::underWay).count();
  }

  private void send(Event event, Delivery delivery, int copies) {
    CompletionStage<Integer> status = post(event, delivery.endpoint());
    for (int copy = 1; copy < copies; copy++) {
      status = status.thenCompose(first -> post(event, delivery.endpoint()));
    }
    status
        .exceptionally(failure -> 0)
        .thenCompose(code -> over(event, delivery, code))
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
  private synchronized CompletionStage<?> over(Event event, Delivery delivery, int status) {
    long now = nowMs.getAsLong();
    boolean taken = status >= 200 && status < 300;
    boolean givenUp = !taken && now - event.createdMs() >= GIVE_UP_AFTER.toMillis();
    if (!taken && !givenUp) {
      plans.computeIfPresent(delivery, (same, plan) -> plan.again(now));
      return CompletableFuture.completedFuture(status);
    }
    LOG.info("event told={} id={} endpoint={}", taken, event.id(), delivery.endpoint());
    return ledger
        .write(
            new Ledger.Write(
                null,
                "",
                (books, time) -> Cashier.Decision.done(new Told(event.id(), delivery.endpoint()))))

        // Elsewhere: look() holds the lock while it waits for the ledger, whose thread this is.
        .thenAcceptAsync(recorded -> forget(delivery));
  }

  private synchronized void forget(Delivery delivery) {
    plans.remove(delivery);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
