package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;
import dev.usher.payment.stripe.StripeHttp.Reply.Silent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The questions of {@link StripeProvider}; they change nothing. */
final class StripeQueries {
  static final Map<String, String> EXPAND_ONE = Map.of("expand[]", "latest_charge");

  static final String INTENTS = "/v1/payment_intents";
  private static final int MAX_PAGE = 100;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,100}");
  private static final Pattern SEARCHABLE = Pattern.compile("[^'\"\\\\]{1,500}");

  private final StripeHttp http;

  StripeQueries(StripeHttp http) {
    this.http = http;
  }

  static boolean isId(String paymentId) {
    return ID.matcher(paymentId).matches();
  }

  CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    if (!isId(paymentId)) {
      return CompletableFuture.completedFuture(new Found<>(Optional.empty()));
    }
    return http.get(INTENTS + "/" + paymentId, EXPAND_ONE)
        .thenApply(
            reply ->
                switch (reply) {
                  case Silent silent -> new NotAnswered<>(silent.message());
                  case Answered answer when answer.ok() ->
                      new Found<>(Optional.of(StripePayments.payment(answer.body())));
                  case Answered answer when answer.status() == 404 -> new Found<>(Optional.empty());
                  case Answered answer -> refused(answer);
                });
  }

  CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId) {
    if (!SEARCHABLE.matcher(bookingId).matches()) {
      return CompletableFuture.completedFuture(new Found<>(List.of()));
    }
    return search("metadata['booking_id']:'" + bookingId + "'", StripePayments::payments);
  }

  /** The payment of one attempt of a booking, however it was paid. */
  CompletionStage<Lookup<Optional<Payment>>> findAttempt(String bookingId, int attempt) {
    if (!SEARCHABLE.matcher(bookingId).matches()) {
      return CompletableFuture.completedFuture(new Found<>(Optional.empty()));
    }
    return search(
        "metadata['booking_id']:'%s' AND metadata['attempt']:'%d'".formatted(bookingId, attempt),
        body -> StripePayments.payments(body).stream().findFirst());
  }

  /**
   * The payment of one attempt of a booking, among all of a customer: a list tells what is, a
   * search what was a minute ago.
   */
  CompletionStage<Lookup<Optional<Payment>>> attemptOf(
      String customer, String bookingId, int attempt) {
    return attemptOf(customer, bookingId, attempt, "");
  }

  private CompletionStage<Lookup<Optional<Payment>>> attemptOf(
      String customer, String bookingId, int attempt, String startingAfter) {
    var params = listing(MAX_PAGE, startingAfter);
    params.put("customer", customer);
    return ask(INTENTS, params, Function.<JsonNode>identity())
        .thenCompose(
            page ->
                switch (page) {
                  case NotAnswered<JsonNode>(var why) ->
                      CompletableFuture.completedFuture(new NotAnswered<>(why));
                  case Found<JsonNode>(var body) -> {
                    var found = StripePayments.attempt(body, bookingId, attempt);
                    yield found.isPresent() || !body.path("has_more").asBoolean()
                        ? CompletableFuture.completedFuture(new Found<>(found))
                        : attemptOf(customer, bookingId, attempt, StripePayments.lastId(body));
                  }
                });
  }

  CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs) {
    // Stripe counts whole seconds: younger ones of the same second wait for the next time.
    long seconds = Math.floorDiv(createdBeforeMs, 1000L);
    // Those of no booking are finance's own: nothing follows from their having none.
    return search(
        "status:'requires_capture' AND -metadata['booking']:null AND created<" + seconds,
        StripePayments::payments);
  }

  /** The amount of the refund with this number, if it was posted before. */
  CompletionStage<Lookup<OptionalLong>> refunded(String paymentId, int sequence) {
    var params = Map.of("payment_intent", paymentId, "limit", Integer.toString(MAX_PAGE));
    return ask("/v1/refunds", params, refunds -> amountOf(refunds, Integer.toString(sequence)));
  }

  private static OptionalLong amountOf(JsonNode refunds, String sequence) {
    for (var refund : refunds.path("data")) {
      boolean alive =
          switch (refund.path("status").asText()) {
            case "failed", "canceled" -> false;
            default -> true;
          };
      if (alive && refund.path("metadata").path("sequence").asText().equals(sequence)) {
        return OptionalLong.of(refund.path("amount").asLong());
      }
    }
    return OptionalLong.empty();
  }

  CompletionStage<Lookup<Page>> list(Optional<String> userId, int limit, String startingAfter) {
    int size = Math.clamp(limit, 1, MAX_PAGE);
    if (userId.isEmpty()) {
      return ask(INTENTS, listing(size, startingAfter), StripePayments::page);
    }
    if (!SEARCHABLE.matcher(userId.get()).matches()) {
      return CompletableFuture.completedFuture(new Found<>(new Page(List.of(), false)));
    }
    var ofUser = "metadata['user']:'" + userId.get() + "'";
    return startingAfter.isEmpty()
        ? search(ofUser, body -> cut(StripePayments.page(body), "", size))
        : find(startingAfter).thenCompose(last -> listAfter(ofUser, last, size));
  }

  private static Map<String, String> listing(int size, String startingAfter) {
    var params = new LinkedHashMap<String, String>();
    params.put("limit", Integer.toString(size));
    params.put("expand[]", "data.latest_charge");
    if (!startingAfter.isEmpty()) {
      params.put("starting_after", startingAfter);
    }
    return params;
  }

  /** A search has no {@code starting_after}: it goes on at the second of the last payment. */
  private CompletionStage<Lookup<Page>> listAfter(
      String ofUser, Lookup<Optional<Payment>> last, int size) {
    return switch (last) {
      case NotAnswered<Optional<Payment>> no ->
          CompletableFuture.completedFuture(new NotAnswered<>(no.message()));
      case Found<Optional<Payment>>(var payment) when payment.isEmpty() ->
          CompletableFuture.completedFuture(new Found<>(new Page(List.of(), false)));
      case Found<Optional<Payment>>(var payment) -> {
        var from = payment.orElseThrow();
        yield search(
            ofUser + " AND created<=" + from.createTimeMs() / 1000,
            body -> cut(StripePayments.page(body), from.paymentId(), size));
      }
    };
  }

  private static Page cut(Page page, String after, int size) {
    boolean known = page.payments().stream().anyMatch(p -> p.paymentId().equals(after));
    Stream<Payment> rest =
        known
            ? page.payments().stream().dropWhile(p -> !p.paymentId().equals(after)).skip(1)
            : page.payments().stream();
    var found = rest.toList();
    var shown = found.subList(0, Math.min(size, found.size()));
    return new Page(List.copyOf(shown), page.hasMore() || found.size() > size);
  }

  private <T> CompletionStage<Lookup<T>> search(String query, Function<JsonNode, T> read) {
    var params = new LinkedHashMap<String, String>();
    params.put("query", query);
    params.put("limit", Integer.toString(MAX_PAGE));
    params.put("expand[]", "data.latest_charge");
    return ask(INTENTS + "/search", params, read);
  }

  private <T> CompletionStage<Lookup<T>> ask(
      String path, Map<String, String> params, Function<JsonNode, T> read) {
    return http.get(path, params)
        .thenApply(
            reply ->
                switch (reply) {
                  case Silent silent -> new NotAnswered<>(silent.message());
                  case Answered answer when answer.ok() -> new Found<>(read.apply(answer.body()));
                  case Answered answer -> refused(answer);
                });
  }

  private static <T> Lookup<T> refused(Answered answer) {
    return new NotAnswered<>(
        "the payment provider refused the query with HTTP "
            + answer.status()
            + " "
            + answer.error().path("code").asText());
  }
}
