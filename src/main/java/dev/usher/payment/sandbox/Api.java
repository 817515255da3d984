package dev.usher.payment.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.payment.sandbox.Cashier.Decision;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Refund;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the sandbox answers, apart from HTTP. Stripe's: payment methods, PaymentIntents, refunds.
 * Ours: {@code GET /usher/summary}, counts and sums of everything as {@link Books.Summary} has
 * them; {@code GET /health}.
 */
final class Api {
  private static final int MAX_KEY = 255;
  private static final int PAGE = 10;
  private static final int MAX_PAGE = 100;
  private static final String INTENTS = "/v1/payment_intents";

  private final Ledger ledger;
  private final Cashier cashier;
  private final Fingerprint fingerprint;
  private final byte[] secretDigest;

  Api(Ledger ledger, Cashier cashier, String secretKey) {
    this.ledger = ledger;
    this.cashier = cashier;
    this.fingerprint = new Fingerprint(secretKey);
    this.secretDigest = sha256("Bearer " + secretKey);
  }

  /**
   * A request.
   *
   * @param form the body of a POST, the query string of a GET
   */
  record Request(
      String method, String path, String form, String authorization, Optional<String> key) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  record Response(int status, String body, boolean replayed) {
    static Response of(ApiError error) {
      return new Response(error.status(), StripeJson.error(error, null).toString(), false);
    }
  }

  /** Never fails. */
  CompletionStage<Response> handle(Request request) {
    try {
      return route(request).exceptionally(Api::trouble);
    } catch (Params.Refused e) {
      return CompletableFuture.completedFuture(Response.of(e.error()));
    }
  }

  private static Response trouble(Throwable thrown) {
    var cause =
        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    return Response.of(
        cause instanceof Params.Refused refused ? refused.error() : ApiError.broken());
  }

  private CompletionStage<Response> route(Request request) {
    if (request.method().equals("GET") && request.path().equals("/health")) {
      return ledger.read(books -> new Response(200, "{\"status\":\"ok\"}", false));
    }
    if (!MessageDigest.isEqual(secretDigest, sha256(request.authorization()))) {
      return CompletableFuture.completedFuture(Response.of(ApiError.unauthorized()));
    }
    var params = Params.parse(request.form());
    return switch (request.method()) {
      case "GET" -> get(request, params);
      case "POST" -> post(request, params);
      default -> unknown(request);
    };
  }

  private CompletionStage<Response> get(Request request, Params params) {
    return switch (request.path()) {
      case "/usher/summary" ->
          ledger.read(Books::summary).thenApply(s -> new Response(200, StripeJson.text(s), false));
      case INTENTS -> list(params);
      case INTENTS + "/search" -> search(params);
      case "/v1/refunds" -> refunds(params);
      default -> {
        var path = request.path().split("/", -1);
        yield path.length == 4 && request.path().startsWith(INTENTS + "/")
            ? retrieve(path[3], params)
            : unknown(request);
      }
    };
  }

  private CompletionStage<Response> post(Request request, Params params) {
    return switch (request.path()) {
      case "/v1/payment_methods" ->
          write(request, params, (books, now) -> cashier.createMethod(books, params, now));
      case INTENTS ->
          write(request, params, (books, now) -> cashier.createIntent(books, params, now));
      case "/v1/refunds" ->
          write(request, params, (books, now) -> cashier.refund(books, params, now));
      default -> settle(request, params);
    };
  }

  private CompletionStage<Response> settle(Request request, Params params) {
    var path = request.path().split("/", -1);
    if (path.length != 5 || !request.path().startsWith(INTENTS + "/")) {
      return unknown(request);
    }
    return switch (path[4]) {
      case "capture" ->
          write(request, params, (books, now) -> cashier.capture(books, path[3], params));
      case "cancel" -> write(request, params, (books, now) -> cashier.cancel(books, path[3]));
      default -> unknown(request);
    };
  }

  private CompletionStage<Response> write(
      Request request, Params params, BiFunction<Books, Long, Decision> decide) {
    var key = request.key().orElse(null);
    if (key != null && (key.isEmpty() || key.length() > MAX_KEY)) {
      throw new Params.Refused(
          ApiError.parameter("", "An Idempotency-Key has 1 to " + MAX_KEY + " characters."));
    }
    var print = fingerprint.of(request.path(), params);
    return ledger
        .write(new Ledger.Write(key, print, decide))
        .thenApply(
            answer -> {
              var error = answer.entry().error();
              return new Response(
                  error == null ? 200 : error.status(),
                  StripeJson.answer(answer.entry(), params).toString(),
                  answer.replayed());
            });
  }

  private CompletionStage<Response> retrieve(String id, Params params) {
    return ledger
        .read(books -> books.intent(id))
        .thenApply(
            found ->
                found
                    .map(intent -> ok(StripeJson.object(intent, params.expands("latest_charge"))))
                    .orElseGet(
                        () -> Response.of(ApiError.missing(404, "payment_intent", id, "intent"))));
  }

  private CompletionStage<Response> list(Params params) {
    int limit = limit(params);
    var after = params.find("starting_after").orElse("");
    Function<Books, Stream<Intent>> query =
        books ->
            books
                .newestFirst(after)
                .orElseThrow(
                    () ->
                        new Params.Refused(
                            ApiError.missing(400, "payment_intent", after, "starting_after")));
    return page("list", INTENTS, limit, params, query);
  }

  private CompletionStage<Response> search(Params params) {
    int limit = limit(params);
    var query = SearchQuery.parse(params.require("query"));
    return page("search_result", INTENTS + "/search", limit, params, books -> books.search(query));
  }

  private CompletionStage<Response> page(
      String kind, String url, int limit, Params params, Function<Books, Stream<Intent>> query) {
    boolean expand = params.expands("data.latest_charge");
    return ledger
        .read(books -> query.apply(books).limit(limit + 1L).toList())
        .thenApply(
            found ->
                ok(
                    StripeJson.list(
                        kind,
                        url,
                        found.subList(0, Math.min(limit, found.size())),
                        found.size() > limit,
                        intent -> StripeJson.object(intent, expand))));
  }

  private CompletionStage<Response> refunds(Params params) {
    var intentId = params.require("payment_intent");
    int limit = limit(params);
    return ledger
        .read(books -> List.copyOf(books.refunds(intentId)).reversed())
        .thenApply(
            found ->
                ok(
                    StripeJson.<Refund>list(
                        "list",
                        "/v1/refunds",
                        found.subList(0, Math.min(limit, found.size())),
                        found.size() > limit,
                        refund -> StripeJson.object(refund, false))));
  }

  private static int limit(Params params) {
    return params.find("limit").isPresent() ? (int) params.number("limit", 1, MAX_PAGE) : PAGE;
  }

  private static Response ok(ObjectNode body) {
    return new Response(200, body.toString(), false);
  }

  private static CompletionStage<Response> unknown(Request request) {
    return CompletableFuture.completedFuture(
        Response.of(ApiError.unknownUrl(request.method(), request.path())));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
